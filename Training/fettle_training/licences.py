"""Tells whether a project may be learnt from: PSF, BSD, MIT, Apache-2.0, ISC, zlib, and nothing that also names another family."""

import re
from email.parser import HeaderParser
from pathlib import Path

PERMISSIVE = re.compile(r"\b(MIT|BSD|Apache|PSF|Python Software Foundation|ISC|zlib|0BSD|Unlicense|CNRI-Python)\b", re.I)
OTHER = re.compile(r"\b(A?GPL|LGPL|GNU|Mozilla|MPL|EPL|Eclipse|CeCILL|EUPL|Artistic|proprietary|commercial|non-?free)\b", re.I)

TEXTS = (
    ("Apache-2.0", re.compile(r"Apache License,?\s+Version 2\.0", re.I)),
    ("MIT", re.compile(r"Permission is hereby granted, free of charge, to any person obtaining", re.I)),
    ("BSD", re.compile(r"Redistribution and use in source and binary forms", re.I)),
    ("ISC", re.compile(r"Permission to use, copy, modify,? and/or distribute this software", re.I)),
)


def of_metadata(metadata: Path) -> str | None:
    """The licence that a Python distribution declares, when it is one of those above."""
    headers = HeaderParser().parsestr(metadata.read_text(errors="replace"))
    declared = [headers.get("License-Expression") or ""]
    declared += [c.split("::")[-1].strip() for c in headers.get_all("Classifier") or [] if c.startswith("License ::")]
    if not any(declared):
        declared = [(headers.get("License") or "").strip().split("\n")[0]]
    text = " / ".join(filter(None, declared))
    return text if PERMISSIVE.search(text) and not OTHER.search(text) else None


def of_text(text: str) -> str | None:
    """The licence whose words a LICENSE file holds."""
    return None if OTHER.search(text[:400]) else next((name for name, words in TEXTS if words.search(text)), None)

"""What the data rests on: tokens, functions, operators, prompts and resuming."""

import ast
import random

import pytest
import torch
from tokenizers import pre_tokenizers

from fettle_training import shipped, tokenizer
from fettle_training.examples import injected
from fettle_training.export import export
from fettle_training.functions import functions, region
from fettle_training.generation import sample, score
from fettle_training.languages import ALL as LANGUAGES
from fettle_training.languages import BY_NAME, PYTHON, Source
from fettle_training.mine import single_change
from fettle_training.model import Llama, Shape
from fettle_training.ngram import Trigrams
from fettle_training.operators import ALL as OPERATORS
from fettle_training.operators import Region, changes_at
from fettle_training.optimisers import orthogonalised
from fettle_training.prompt import SPECIAL, Example, comment, prompt_lines
from fettle_training.tokenizer import assembled
from fettle_training.train import load
from fettle_training.workspace import configuration, folder

KRUSKAL = '''def spanning_tree(graph, limit=3):
    parent = {v: v for v in graph.nodes}
    best = None
    for u, v in sorted(graph.edges, key=graph.weight):
        if find(parent, u) != find(parent, v) and not graph.done:
            parent[u] = v
            result.append((u, v + 1))
            best = max(best, graph.weight(u, v))
        elif u < len(graph) - 1:
            continue
    if not best:
        raise ValueError("no tree")
    return best[1:limit] if best else None'''.split("\n")
SWIFT = '''func index(of x: Int, in xs: [Int]) -> Int? {
    var (low, high) = (0, xs.count)
    while low < high {
        let middle = (low + high) / 2
        if xs[middle] == x { return middle }
        if xs[middle] < x && !xs.isEmpty {
            low = middle + 1
        } else {
            high = middle
        }
    }
    return nil
}'''.split("\n")


def spoilt(lines, language):
    found = Region(lines, language)
    return {(operator.name, change.lines) for line in found.mutable_lines for operator, change in changes_at(found, line)}


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.name)
def test_a_comment_is_no_token_and_a_string_is_one(language):
    source = Source(f'x = "a {language.comment} b"  {language.comment} c', language)
    assert [token.text for token in source.tokens] == ["x", "=", f'"a {language.comment} b"']


def test_there_are_at_least_forty_operators_with_names_of_their_own():
    assert len({operator.name for operator in OPERATORS}) == len(OPERATORS) >= 40


@pytest.mark.parametrize("name, line", [
    ("boundary", "        elif u <= len(graph) - 1:"),
    ("exchanged-arguments", "        if find(u, parent) != find(parent, v) and not graph.done:"),
    ("dropped-argument", "            best = max(best, graph.weight(u))"),
    ("dropped-condition", "        if find(parent, u) != find(parent, v):"),
    ("dropped-negation", "    if best:"),
    ("off-by-one", "            result.append((u, v))"),
    ("wrong-variable", "            parent[v] = v"),
    ("slice", "    return best[limit:1] if best else None"),
    ("dropped-call", "        elif u < graph - 1:"),
    ("dropped-subscript", "    return best if best else None"),
    ("jump", "            break"),
    ("dropped-attribute", "    for u, v in sorted(graph, key=graph.weight):"),
])
def test_an_operator_makes_its_bug(name, line):
    assert (name, (line,)) in spoilt(KRUSKAL, "python")


@pytest.mark.parametrize("name, line", [
    ("boundary", "    while low <= high {"), ("logical", "        if xs[middle] < x || !xs.isEmpty {"),
    ("returned-value", "    return low"), ("declaration", "    let (low, high) = (0, xs.count)"), ("dropped-negation", "        if xs[middle] < x && xs.isEmpty {"),
])
def test_an_operator_makes_its_bug_in_swift(name, line):
    assert (name, (line,)) in spoilt(SWIFT, "swift")


def test_a_whole_guard_can_go_missing():
    found = Region(KRUSKAL, "python")
    changes = {(operator.name, change.first, change.end, change.lines) for operator, change in changes_at(found, 10)}
    assert ("dropped-block", 10, 12, ()) in changes


def test_an_injected_bug_can_be_undone_and_parses():
    function = {"lines": KRUSKAL, "language": "python", "project": "p"}
    made = [e for seed in range(300) if (e := injected(function, random.Random(seed)))]
    assert len({e["operator"] for e in made}) > 30
    for e in made:
        assert e["above"] + e["fix"] + e["below"] == KRUSKAL
        assert e["bug"] != e["fix"]
        if e["operator"] != "punctuation":
            ast.parse("\n".join(e["above"] + e["bug"] + e["below"]))


def test_what_says_nothing_is_not_shown():
    text = 'class A:\n    def f(self):\n        """Doc.\n\n        More."""\n\n        # why\n        x = 1  # kept\n\n        return x\n'
    ((name, first, last),) = functions(text, PYTHON)
    assert (name, region(text, first, last, PYTHON)) == ("A.f", ["def f(self):", "    x = 1  # kept", "    return x"])


@pytest.mark.parametrize("language, text, name", [
    ("swift", "struct A {\n  @inlinable\n  func f<T>(x: T) -> Int where T: P {\n    xs.map { $0 }\n    return 1\n  }\n}", "f"),
    ("go", "type T struct {\n\ta int\n}\n\nfunc (t *T) F(a int) int {\n\tif a > 1 {\n\t\treturn 1\n\t}\n\treturn 2\n}", "F"),
    ("c", "struct s { int a; };\nstatic int f(int a)\n{\n  for (;;) { a++; }\n  return a;\n}", "f"),
    ("java", "class A {\n  public int f(int a) throws E {\n    if (a > 1) { return 1; }\n    return a;\n  }\n}", "f"),
    ("rust", "impl A {\n  pub fn f(&self) -> i32 {\n    match self { _ => 1 }\n  }\n}", "f"),
])
def test_functions_are_found_by_their_braces(language, text, name):
    assert [found[0] for found in functions(text, BY_NAME[language])] == [name]


def test_a_prompt_keeps_the_header_and_the_nearest_lines():
    example = Example("python", [f"line{i}" for i in range(30)], ["    bug(x)"], ["    fix(x)"], [f"after{i}" for i in range(30)])
    before, after = prompt_lines(example, 20, lambda line: 1)
    assert len(before) + len(after) + 3 == 20
    assert before[0] == "line0" and before[-1] == "    # BUG: bug(x)" and before[-2] == "line29"
    assert before[1:-1] == [f"line{i}" for i in range(30 - len(before) + 2, 30)] and after == [f"after{i}" for i in range(len(after))]
    assert len(before) - 2 == 9 and len(after) == 6
    assert comment("    x", "swift", "BUG: ") == "    // BUG: x"


def test_only_one_place_counts_as_a_fix():
    old = ["def f(a):", "    b = a", "    c = b", "    return c"]
    assert single_change(old, ["def f(a):", "    b = a + 1", "    c = b", "    return c"]) == (1, 2, 1, 2)
    assert single_change(old, ["def f(a):", "    b = a + 1", "    c = b", "    return b"]) is None
    assert single_change(old, ["def f(a):", "    b  = a", "    c = b", "    return c"]) is None
    assert single_change(old, ["def f(a, b):", "    b = a", "    c = b", "    return c"]) is None


def test_scores_agree_with_the_plain_forward_pass_and_with_samples():
    torch.manual_seed(1)
    model = Llama(Shape(64, 32, 2, 4, 2, 64, 64)).eval()
    prompt, middles = [5, 6, 7, 8], [[9, 10, 0], [11, 0], [12, 13, 14, 0]]
    for middle, value in zip(middles, score(model, prompt, middles)):
        with torch.no_grad():
            logs = torch.log_softmax(model(torch.tensor([prompt + middle]))[0], -1)
        plain = sum(logs[len(prompt) - 1 + i, token].item() for i, token in enumerate(middle))
        assert value == pytest.approx(plain, abs=1e-4)
    drawn = sample(model, prompt, torch.ones(40), 0, 30, torch.Generator().manual_seed(1))
    assert drawn
    for (tokens, value), again in zip(drawn, score(model, prompt, [tokens + [0] for tokens, _ in drawn])):
        assert value == pytest.approx(again, abs=1e-3)


def test_trigrams_are_a_distribution():
    model = Trigrams(8)
    model.learn([0, 0, 1, 2, 3, 1, 2, 4, 1, 2, 3])
    model.finish()
    assert sum(model.probability(1, 2, c) for c in range(8)) == pytest.approx(1)
    assert model.probability(1, 2, 3) > model.probability(1, 2, 4) > model.probability(1, 2, 5) > 0


@pytest.mark.parametrize("precision", [torch.float32, torch.bfloat16])
def test_muon_makes_singular_values_alike(precision):
    momentum = torch.randn(3, 16, 48, generator=torch.Generator().manual_seed(1))
    values = torch.linalg.svdvals(orthogonalised(momentum, precision).float())
    assert values.min() > 0.5 and values.max() < 1.4


def test_a_run_begins_from_what_was_exported(tmp_path, monkeypatch):
    monkeypatch.setenv("FETTLE_TRAINING_DATA", str(tmp_path))
    shape = Shape(**configuration("smoke")["shape"])
    tokens = [*SPECIAL, *sorted(pre_tokenizers.ByteLevel.alphabet()), "de", "def"]
    assembled(tokens, list(SPECIAL), [("d", "e"), ("de", "f")]).save(str(tokenizer.path()))
    checkpoint, exported = folder("runs", "smoke") / "checkpoint.pt", tmp_path / "exported.gguf"
    model, described = Llama(shape), tokenizer.path().read_text()
    torch.save({"shape": shape.as_dict(), "average": model.state_dict(), "tokens": 1234, "seed": 1, "name": "smoke"}, checkpoint)
    export(checkpoint, exported, "F32")
    with pytest.raises(SystemExit, match="there already"):
        shipped.run(exported, "smoke")
    checkpoint.unlink()
    with pytest.raises(SystemExit, match="shape"):
        shipped.run(exported, "cpu")
    tokenizer.path().unlink()
    shipped.run(exported, "smoke")
    assert tokenizer.path().read_text() == described
    assert torch.load(checkpoint, weights_only=True)["tokens"] == 1234
    for name, weight in load(checkpoint).state_dict().items():
        assert torch.equal(weight, model.state_dict()[name]), name
    assembled(tokens[:-1], list(SPECIAL), [("d", "e")]).save(str(tokenizer.path()))
    with pytest.raises(SystemExit, match="another tokenizer"):
        shipped.run(exported, "smoke")

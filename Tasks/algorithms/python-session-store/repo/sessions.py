"""Sessions with a lifetime, in a store of limited size."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Session:
    """What is kept for a user."""

    user: str
    expires: float
    seen: float


class SessionStore:
    """Holds up to `capacity` sessions; the one that was not seen for longest makes room."""

    def __init__(self, capacity: int) -> None:
        if capacity < 1:
            raise ValueError("the store needs room for one session")
        self.capacity = capacity
        self._sessions: dict[str, Session] = {}

    def __len__(self) -> int:
        return len(self._sessions)

    def open(self, token: str, user: str, now: float, lifetime: float) -> None:
        """Begin a session, or begin it anew under the same token."""
        self._drop_expired(now)
        if token not in self._sessions and len(self._sessions) >= self.capacity:
            self._drop_idle()
        self._sessions[token] = Session(user, now + lifetime, now)

    def user(self, token: str, now: float) -> str | None:
        """Who the token belongs to, where its session is still alive; this counts as seeing it."""
        session = self._sessions.get(token)
        if session is None or session.expires <= now:
            return None
        session.seen = now
        return session.user

    def close(self, token: str) -> bool:
        """End a session; False where there was none."""
        return self._sessions.pop(token, None) is not None

    def _drop_expired(self, now: float) -> None:
        for token, session in list(self._sessions.items()):
            if session.expires <= now:
                del self._sessions[token]

    def _drop_idle(self) -> None:
        idle = min(self._sessions, key=lambda token: self._sessions[token].expires)
        del self._sessions[idle]

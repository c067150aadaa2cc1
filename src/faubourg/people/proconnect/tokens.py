"""Reads the signed answers of ProConnect: who signed, for whom, for which request, how sure.

OpenID Connect Core 1.0, § 3.1.3.7 (ID token) and § 5.3.2 (userinfo answered as a signed JWT).
"""

from collections.abc import Mapping, Sequence
from typing import Any

import jwt

# What ProConnect signs with; « none » and the symmetric HS256 are never believed.
ALGORITHMS = ("RS256", "ES256")
CLOCK_SKEW_SECONDS = 30


class UntrustedTokenError(Exception):
    """A token that must not be believed; the message says why, for the log."""


def read(
    token: str, *, keys: Mapping[str, Any], issuer: str, audience: str, require: Sequence[str] = ()
) -> dict[str, Any]:
    """The claims of a token signed by one of the issuer's published `keys` (a JWK set).

    `iss` and `aud` must be there and match; `exp` and `iat` are checked when present.
    Raises `UntrustedTokenError`.
    """
    try:
        header = jwt.get_unverified_header(token)
        key = _key_of(header.get("kid"), header.get("alg"), keys)
        return jwt.decode(
            token,
            key=key,
            algorithms=[header["alg"]],
            issuer=issuer,
            audience=audience,
            leeway=CLOCK_SKEW_SECONDS,
            options={"require": ["iss", "aud", "sub", *require]},
        )
    except (jwt.PyJWTError, KeyError, ValueError) as error:
        raise UntrustedTokenError(str(error)) from error


def _key_of(kid: str | None, algorithm: str | None, keys: Mapping[str, Any]) -> jwt.PyJWK:
    if algorithm not in ALGORITHMS:
        raise UntrustedTokenError(f"algorithm {algorithm!r} refused")
    for entry in keys.get("keys", []):
        if entry.get("kid") == kid and entry.get("use", "sig") == "sig":
            return jwt.PyJWK(entry, algorithm=algorithm)
    raise UntrustedTokenError(f"no published key {kid!r}")


def check_answers(claims: Mapping[str, Any], *, nonce: str | None, acr_values: Sequence[str]) -> None:
    """The ID token answers this very request (`nonce`) with an accepted level of assurance (`acr`)."""
    if not nonce or claims.get("nonce") != nonce:
        raise UntrustedTokenError("the nonce is not that of this request")
    if acr_values and claims.get("acr") not in acr_values:
        raise UntrustedTokenError(f"assurance level {claims.get('acr')!r} not accepted")


def check_same_person(id_claims: Mapping[str, Any], userinfo: Mapping[str, Any]) -> None:
    """The userinfo speaks of the person of the ID token (OpenID Connect Core § 5.3.2)."""
    if id_claims["sub"] != userinfo["sub"]:
        raise UntrustedTokenError("the userinfo speaks of somebody else")

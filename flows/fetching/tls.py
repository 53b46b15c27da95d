"""TLS as each host needs it: always verified; what an old server lacks is named, never skipped."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from pathlib import Path

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from transforms.errors import ConfigurationError

LEGACY_SERVER_CONNECT = 0x4  # ssl.OP_LEGACY_SERVER_CONNECT, which Python names from 3.12 on
HINTS = (
    ("UNSAFE_LEGACY_RENEGOTIATION_DISABLED", "set legacy = true for this host"),
    (
        "unable to get local issuer certificate",
        "set extra_ca of this host to the missing certificate",
    ),
    ("self-signed certificate", "set extra_ca of this host to the authority it trusts"),
    ("UNSUPPORTED_PROTOCOL", "set seclevel = 0 for this host"),
    ("PROTOCOL_VERSION", "set seclevel = 0 for this host"),
    ("DH_KEY_TOO_SMALL", "set seclevel = 1 for this host"),
    ("HANDSHAKE_FAILURE", "set seclevel = 0 for this host"),
)


@dataclass(frozen=True, slots=True)
class TlsProfile:
    """What one host needs to be verified at all; the default needs nothing."""

    extra_ca: Path | None = None  # PEM: a missing intermediate, or an authority of its own
    legacy: bool = False  # the server knows no secure renegotiation (RFC 5746)
    seclevel: int | None = None  # OpenSSL security level; 0 also allows TLS 1.0


def context_of(profile: TlsProfile) -> ssl.SSLContext:
    """Return a verifying context; raise ConfigurationError where the certificate cannot be read."""
    context = ssl.create_default_context(cafile=DEFAULT_CA_BUNDLE_PATH)
    if profile.legacy:
        context.options |= LEGACY_SERVER_CONNECT
    if profile.seclevel is not None:
        context.set_ciphers(f"DEFAULT:@SECLEVEL={profile.seclevel}")
    if profile.seclevel == 0:
        context.minimum_version = ssl.TLSVersion.TLSv1
    if profile.extra_ca is not None:
        try:
            context.load_verify_locations(cafile=profile.extra_ca)
        except (OSError, ssl.SSLError) as error:
            raise ConfigurationError(f"extra_ca {profile.extra_ca}: {error}") from error
    return context


def explained(reason: str) -> str:
    """Return the verbatim reason with what a user can do about it."""
    hint = next((hint for words, hint in HINTS if words.lower() in reason.lower()), None)
    return f"{reason}; {hint}" if hint else reason

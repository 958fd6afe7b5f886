"""What goes wrong between us and a language model, in our words.

Every provider's package has its own exceptions, and none of them is needed here: they are told apart by name, so that
a package which is not installed need not be. The most specific class that is named wins; `tests/wire/test_faults.py`
lists the exceptions of all packages and fails where one is not covered.

========================  ==========================================================
`Fallback.UNREACHABLE`    no connection
`Fallback.OVERLOADED`     the server is busy or broken (HTTP 429, 5xx)
`Fallback.REJECTED`       key, model name or request refused: a matter of the settings
`Fallback.TIMED_OUT`      too slow
`Fallback.CUT_OFF`        the answer ended before its end
`Fallback.UNUSABLE`       something came that is no answer
========================  ==========================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.types import Fallback
from ingest.errors import ModelUnavailable

RETRYABLE: Final = frozenset({Fallback.UNREACHABLE, Fallback.OVERLOADED, Fallback.CUT_OFF})
"""A second try may help. A slow model has used up the time already, the others say the same again."""

_LANGCHAIN: Final = {
    "ModelAuthenticationError": Fallback.REJECTED,
    "ModelPermissionDeniedError": Fallback.REJECTED,
    "ModelInvalidRequestError": Fallback.REJECTED,
    "ModelNotFoundError": Fallback.REJECTED,
    "ContextOverflowError": Fallback.REJECTED,
    "ModelRateLimitError": Fallback.OVERLOADED,
    "ModelAPIError": Fallback.OVERLOADED,
    "ModelConnectionError": Fallback.UNREACHABLE,
    "ModelTimeoutError": Fallback.TIMED_OUT,
    "LangChainException": Fallback.UNUSABLE,
}
_HTTP: Final = {
    "TimeoutException": Fallback.TIMED_OUT,
    "ConnectError": Fallback.UNREACHABLE,
    "NetworkError": Fallback.CUT_OFF,  # reading or writing broke off
    "RemoteProtocolError": Fallback.CUT_OFF,
    "UnsupportedProtocol": Fallback.REJECTED,
    "InvalidURL": Fallback.REJECTED,
    "TransportError": Fallback.UNREACHABLE,
    "HTTPError": Fallback.UNUSABLE,
    "StreamError": Fallback.UNUSABLE,
    "CookieConflict": Fallback.UNUSABLE,
}
_REASONS: Final[Mapping[str, Fallback]] = {
    **{f"langchain_core.exceptions.{name}": reason for name, reason in _LANGCHAIN.items()},
    **{f"{package}.{name}": reason for package in ("httpx", "httpx2") for name, reason in _HTTP.items()},
    "openai.APITimeoutError": Fallback.TIMED_OUT,
    "openai.APIConnectionError": Fallback.UNREACHABLE,
    "openai.OpenAIError": Fallback.UNUSABLE,
    "openai.InvalidWebhookSignatureError": Fallback.UNUSABLE,
    "langchain_openai.chat_models.base.OpenAIRefusalError": Fallback.UNUSABLE,
    "anthropic.APITimeoutError": Fallback.TIMED_OUT,
    "anthropic.APIConnectionError": Fallback.UNREACHABLE,
    "anthropic.CredentialsError": Fallback.REJECTED,
    "anthropic.RetryableError": Fallback.OVERLOADED,
    "anthropic.AnthropicError": Fallback.UNUSABLE,
    "httpx_sse._exceptions.SSEError": Fallback.UNUSABLE,  # a web page where a stream was expected
    "ollama._types.RequestError": Fallback.REJECTED,
    "ollama._types.ResponseError": Fallback.UNUSABLE,  # without a status: an error inside the stream
    "builtins.TimeoutError": Fallback.TIMED_OUT,
    "builtins.OSError": Fallback.UNREACHABLE,
    "builtins.Exception": Fallback.UNUSABLE,
}


class ModelFault(ModelUnavailable):
    """A language model gave no answer.

    Attributes:
        reason: what a councillor is told about it.
    """

    def __init__(self, reason: Fallback) -> None:
        super().__init__(f"Das Sprachmodell hat keine Antwort gegeben ({reason}).")
        self.reason = reason


def reason_of(error: Exception) -> Fallback:
    """Say what an exception of a provider's package, or of LangChain, means."""
    status = _status(error)
    if status in (408, 504):
        return Fallback.TIMED_OUT
    if status == 429 or status >= 500:
        return Fallback.OVERLOADED
    if status >= 400:
        return Fallback.REJECTED
    return next(reason for kind in type(error).__mro__ if (reason := named(kind)))


def named(kind: type) -> Fallback | None:
    """Return what a class of exceptions means, None where it is not named itself."""
    return _REASONS.get(f"{kind.__module__}.{kind.__qualname__}")


def _status(error: Exception) -> int:
    """Return the HTTP status an exception carries, 0 if none."""
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return 0

"""Settings: values only, read once at the door from the environment and `.env`, and handed down.

`Settings()` is called by command lines alone. Unknown `RATSLOTSE_` variables are ignored on purpose:
a newer `.env` must not stop an older program. An empty value, as in a copied `.env`, means the default.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ingest.errors import UsageError
from ingest.validation import german_setting

PREFIX: Final = "RATSLOTSE_"


class Settings(BaseSettings):
    """All settings of Ratslotse; the README tells what each is for."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", env_ignore_empty=True, extra="ignore")

    corpus_dir: Path = Path("corpus")
    index_dir: Path = Path(".ratslotse/index")
    state_dir: Path = Path(".ratslotse/state")
    encoder: str = "bundled"
    reader: str = "bundled"
    model: str = ""
    model_base_url: str = ""
    model_api_key: SecretStr = SecretStr("")
    model_deadline: float = Field(default=60.0, gt=0)
    model_first_byte: float = Field(default=20.0, gt=0)
    model_concurrency: int = Field(default=4, ge=1)
    telegram_token: SecretStr = SecretStr("")
    telegram_api_url: str = ""
    telegram_allowed_users: str = ""
    telegram_webhook_url: str = ""
    telegram_webhook_secret: SecretStr = SecretStr("")
    telegram_webhook_host: str = "127.0.0.1"
    telegram_webhook_port: int = Field(default=8443, ge=1, le=65535)
    web_host: str = "127.0.0.1"
    web_port: int = Field(default=8080, ge=1, le=65535)
    web_allowed_hosts: str = "*"
    web_staff: SecretStr = SecretStr("")
    web_proxy_header: str = ""
    web_nonpublic: bool = False
    retention_days: int = Field(default=30, ge=0)
    language: Literal["de", "en"] = "de"


def load_settings() -> Settings:
    """Read the settings.

    Raises:
        UsageError: a value cannot be understood; names the variable.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = german_setting(error, PREFIX)
        raise UsageError(f"{wrong[0].upper()}{wrong[1:]}.", "Bitte die Umgebung und .env prüfen.") from error
    except UnicodeDecodeError as error:
        raise UsageError("Die Datei .env ist nicht in UTF-8 gespeichert.", "Bitte neu speichern.") from error

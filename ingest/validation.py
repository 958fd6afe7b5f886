"""What pydantic finds wrong, in German. Only the first finding is told: the next one shows when it is mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def german(error: ValidationError) -> str:
    """Say what is wrong with a record, without a full stop: "das Feld „text“ fehlt"."""
    problem = error.errors()[0]
    match problem["type"]:
        case "json_invalid":
            return "das ist kein JSON"
        case "value_error":  # raised by a validator of ours, which speaks German
            return str(problem["ctx"]["error"])
    where = ".".join(str(part) for part in problem["loc"])
    return f"das Feld „{where}“ {_predicate(problem)}" if where else f"der Inhalt {_predicate(problem)}"


def german_setting(error: ValidationError, prefix: str) -> str:
    """Say what is wrong with a setting, without a full stop and without its value, which may be secret."""
    problem = error.errors(include_input=False)[0]
    return f"die Einstellung {prefix}{str(problem['loc'][0]).upper()} {_predicate(problem)}"


def _predicate(problem: ErrorDetails) -> str:
    context = problem.get("ctx", {})
    match problem["type"]:
        case "missing":
            return "fehlt"
        case "enum" | "literal_error":
            allowed = context["expected"].replace(" or ", ", ").replace("'", "")
            given = f"den Wert „{problem['input']}“" if "input" in problem else "den angegebenen Wert"
            return f"kennt {given} nicht (möglich: {allowed})"
        case "string_too_short" | "too_short":
            return "ist leer"
        case "int_parsing" | "int_type" | "int_from_float":
            return "ist keine ganze Zahl"
        case "float_parsing" | "float_type":
            return "ist keine Zahl"
        case "bool_parsing" | "bool_type":
            return "ist weder „true“ noch „false“"
        case "string_type":
            return "ist kein Text"
        case "greater_than_equal":
            return f"ist kleiner als {context['ge']}"
        case "less_than_equal":
            return f"ist größer als {context['le']}"
        case kind:
            return f"hat nicht die erwartete Form ({kind})"

"""A process that answers commands: one JSON object a line on standard input, one JSON line each on standard output."""

import json
import sys
import traceback
from collections.abc import Callable

Answer = dict[str, object]


def serve(commands: dict[str, Callable[..., Answer]]) -> None:
    """Calls `commands[request["do"]]` with the request's other keys, until {"do": "close"} or the end of the input.

    A failed command is answered {"error": …} with its traceback; the process goes on.
    """
    for line in sys.stdin:
        if not line.strip():
            continue
        try:
            request = json.loads(line)
            name = request.pop("do")
            answer = {} if name == "close" else commands[name](**request)
        except Exception as error:
            name, answer = None, {"error": repr(error), "traceback": traceback.format_exc()}
        print(json.dumps(answer), flush=True)
        if name == "close":
            return

"""Enrols a device at a hub on this machine and prints its token: `enrol.py URL ENROLMENT_STRING`."""

import json
import sys
import urllib.request

# The generator of the curve: a point like any other, whose private half is 1. The device signs nothing.
KEY = "036b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"


def main(url: str, string: str) -> None:
    code = string.split("|")[1]
    body = {"code": code, "key": KEY, "name": "a device of the tests", "program": "0.1.0"}
    request = urllib.request.Request(
        url + "/v1/enrol", json.dumps(body).encode(), {"content-type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        print(json.load(answer)["token"])


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Records what real kernels send through a real Jupyter server, for RecordedKernelTest:

    bootstrap/kernels && ~/.local/share/execd/venv/bin/python record.py FOLDER

writes FOLDER/LANGUAGE-FORMAT.jsonl: for each piece of code its name, the id of its request, and all
frames up to its end, in the order in which they came (a byte is a character of the same number).
"""

import asyncio
import json
import os
import subprocess
import sys
import uuid

from tornado.httpclient import AsyncHTTPClient, HTTPRequest
from tornado.websocket import websocket_connect

BINARY = "v1.kernel.websocket.jupyter.org"
TOKEN = uuid.uuid4().hex
PORT = 21777
CODES = {
    "python": {
        "result": "x = 41\nprint('é😀')\nx + 1",
        "error": "1 / 0",
        "both": "import sys\nprint('out', flush=True)\nprint('err', file=sys.stderr)",
        "display": "from IPython.display import display, clear_output\n"
        "h = display({'a': 1}, display_id=True)\nh.update('second')\nclear_output()",
        "picture": "import base64\nfrom IPython.display import Image\n"
        "Image(base64.b64decode('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=='))",
        "input": "input()",
        "interrupt": "import time\nprint('asleep', flush=True)\ntime.sleep(60)",
        "death": "import os\nos._exit(3)",
    },
    "bash": {"result": "x=5; echo hi $x; echo no >&2", "error": "false"},
    "java": {"result": "int a = 6; a * 7", "error": "throw new IllegalStateException(\"no\")"},
}


async def call(method, path, body=None):
    request = HTTPRequest(
        f"http://127.0.0.1:{PORT}{path}", method, {"Authorization": f"token {TOKEN}"},
        None if body is None else json.dumps(body), allow_nonstandard_methods=True, request_timeout=20)
    return json.loads((await AsyncHTTPClient().fetch(request)).body or b"null")


def request(binary, kind, content):
    header = {"msg_id": uuid.uuid4().hex, "msg_type": kind, "session": "s", "username": "u",
              "date": "2026-01-01T00:00:00Z", "version": "5.3"}
    if not binary:
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}, "content": content}
        return header["msg_id"], json.dumps(message)
    parts = [b"shell"] + [json.dumps(part).encode() for part in (header, {}, {}, content)]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return header["msg_id"], b"".join(n.to_bytes(8, "little") for n in [len(offsets)] + offsets) + b"".join(parts)


def text(frame):
    return frame.decode("latin-1") if isinstance(frame, bytes) else frame


async def execute(socket, binary, kernel, name, code):
    identity, message = request(binary, "execute_request", {
        "code": code, "silent": False, "store_history": True, "user_expressions": {},
        "allow_stdin": False, "stop_on_error": False})
    await socket.write_message(message, binary)
    frames, wanted = [], {'"restarting"'} if name == "death" else {'"idle"', '"execute_reply"'}
    while wanted:
        frame = await asyncio.wait_for(socket.read_message(), 60)
        frames.append(text(frame))
        ours = name == "death" or identity in frames[-1]
        wanted -= {word for word in wanted if ours and word in frames[-1]}
        if name == "interrupt" and "asleep" in frames[-1] and '"stream"' in frames[-1]:
            await call("POST", f"/api/kernels/{kernel}/interrupt", {})
    return {"name": name, "id": identity, "frames": frames}


async def record(folder, spec, language, binary):
    session = await call("POST", "/api/sessions", {
        "path": uuid.uuid4().hex, "name": "r", "type": "console", "kernel": {"name": spec}})
    kernel = session["kernel"]["id"]
    url = HTTPRequest(f"ws://127.0.0.1:{PORT}/api/kernels/{kernel}/channels?session_id=s",
                      headers={"Authorization": f"token {TOKEN}"})
    socket = await websocket_connect(url, subprotocols=[BINARY] if binary else None)
    identity, message = request(binary, "kernel_info_request", {})
    await socket.write_message(message, binary)
    while not (identity in (frame := text(await socket.read_message())) and '"idle"' in frame):
        pass
    form = "binary" if binary else "json"
    with open(os.path.join(folder, f"{language}-{form}.jsonl"), "w", encoding="utf-8") as file:
        for name, code in CODES[language].items():
            file.write(json.dumps(await execute(socket, binary, kernel, name, code)) + "\n")
    socket.close()  # the server ends its kernels itself


async def main(folder):
    program = os.path.join(os.path.dirname(sys.executable), "jupyter-server")
    server = subprocess.Popen(
        [program, f"--ServerApp.port={PORT}", "--ServerApp.ip=127.0.0.1", "--ServerApp.allow_root=True",
         "--ServerApp.open_browser=False"],
        env={**os.environ, "JUPYTER_TOKEN": TOKEN, "NO_COLOR": "1"}, stderr=subprocess.DEVNULL)
    try:
        specs = None
        while specs is None:
            try:
                specs = (await call("GET", "/api/kernelspecs"))["kernelspecs"]
            except OSError:
                await asyncio.sleep(0.2)
        for spec, entry in specs.items():
            if entry["spec"]["language"] in CODES:
                for binary in (True, False):
                    await record(folder, spec, entry["spec"]["language"], binary)
    finally:
        server.terminate()
        server.wait()


asyncio.run(main(sys.argv[1]))

"""What python-socketio finds out about the server at the address it is given: one line of JSON for each case."""

import json
import sys
import threading

import socketio

address, transports = sys.argv[1], sys.argv[2].split(",")
DEADLINE = 10
clients = []


def tell(case, found):
    print(json.dumps({"case": case, "found": found}), flush=True)


def client(namespace="/", auth=None):
    """A connected client without reconnection, whose events wait in `heard`."""
    sio = socketio.Client(reconnection=False)
    sio.heard = []
    sio.news = threading.Condition()

    def hear(event, *args):
        with sio.news:
            sio.heard.append([event, *args])
            sio.news.notify_all()

    sio.on("*", hear, namespace=namespace)
    sio.on("connect_error", lambda *why: hear("connect_error", *why), namespace=namespace)
    sio.on("disconnect", lambda *reason: hear("disconnect", *reason), namespace=namespace)
    clients.append(sio)
    sio.connect(address, transports=transports, namespaces=[namespace], auth=auth, wait_timeout=DEADLINE)
    return sio


def wait_for(sio, fits):
    with sio.news:
        return sio.news.wait_for(lambda: fits(sio.heard), DEADLINE)


def numbers(heard):
    return [args[0] for name, *args in heard if name == "number"]


for namespace in ["/", "/atendimento"]:
    sio = client(namespace)
    tell(f"ack in {namespace}", sio.call("echo", {"text": "olá 👋", "n": [1, None]}, namespace=namespace))
    sio.disconnect()

sio = client()
tell("transport", sio.transport())
tell("bytes", list(sio.call("echo", bytes([1, 2, 255]))))
sio.emit("numbers", 300)
wait_for(sio, lambda heard: len(numbers(heard)) >= 300)
# Each event gets a thread of its own in this library: what order its handlers run in is no matter of the server's.
tell("each once", sorted(numbers(sio.heard)) == list(range(300)))

other = client()
for one in (sio, other):
    one.call("join", "sala")
sio.emit("others", ("sala", "oi"))
wait_for(other, lambda heard: ["said", "oi"] in heard)
sio.call("leave", "sala")
other.emit("others", ("sala", "segredo"))
sio.call("echo", "after")
tell("rooms", [["said", "oi"] in other.heard, [name for name, *_ in sio.heard if name == "said"]])

sio.on("question", lambda: "sim")
sio.emit("ask-me")
wait_for(sio, lambda heard: ["told", "sim"] in heard)
tell("its own ack", ["told", "sim"] in sio.heard)

sio.emit("throw-me-out")
tell("thrown out", wait_for(sio, lambda heard: any(name == "disconnect" for name, *_ in heard)))
other.disconnect()

try:
    client("/closed", auth={"token": "forged"})
except socketio.exceptions.ConnectionError:
    tell("refusal", [args for name, *args in clients[-1].heard if name == "connect_error"])

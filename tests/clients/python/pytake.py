"""The client of the document with python-socketio: joins a conversation and prints what it hears, one JSON a line."""

import json
import sys

import socketio


def write_line(heard):
    """One write for each line: every handler has a thread of its own, and `print` writes the end of a line apart."""
    sys.stdout.write(json.dumps(heard) + "\n")
    sys.stdout.flush()


address, token, conversation_id = sys.argv[1:4]
sio = socketio.Client(reconnection=False)


def hear(event):
    def tell(*args):
        write_line({"event": event, "data": args[0] if args else None})

    sio.on(event, tell)


for name in ["joined_conversation", "left_conversation", "message:new", "message:status", "user_typing", "error", "pong"]:
    hear(name)


@sio.on("connected")
def connected(data):
    write_line({"event": "connected", "data": data})
    sio.emit("join_conversation", {"conversation_id": conversation_id})
    sio.emit("join_conversation", {"conversation_id": "nobody's"})
    sio.emit("ping")


sio.connect(address, auth={"token": token})
sio.wait()

# Read by the Jupyter server that execd runs, beside whatever configuration there is for it anyway.
import contextlib
import os
import select
import signal
import sys
import threading
import types


def end_with_daemon():
    """Our output is a pipe that execd reads: it breaks when execd is no more, however it ended."""
    poll = select.poll()
    poll.register(1, 0)
    poll.poll()
    os.kill(os.getpid(), signal.SIGTERM)


# The kernels need not know where this file was.
paths = os.environ.get("JUPYTER_CONFIG_PATH", "").split(os.pathsep)
others = [path for path in paths if path not in ("", os.path.dirname(__file__))]
if len(others) < len(paths):
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(others)
    if not others:
        del os.environ["JUPYTER_CONFIG_PATH"]
    threading.Thread(target=end_with_daemon, name="execd", daemon=True).start()

# The token is in no environment: kernels would inherit it, and /proc would show it to them.
import jupyter_server

c = get_config()  # noqa: F821 - the loader's

with open(os.path.join(os.path.dirname(__file__), "token")) as file:
    owner = c.IdentityProvider if jupyter_server.version_info[0] >= 2 else c.ServerApp
    owner.token = file.read()

# What follows needs a Jupyter server 2; an older one does without.
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

# So much output of one kernel may wait in here for execd before the kernel is stopped.
MOST_WAITING_BYTES = 16 << 20


class PatientConnection(ZMQChannelsWebsocketConnection):
    """Stops a kernel while too much of its output waits: Jupyter would keep all of it in memory."""

    waiting = 0
    limit = MOST_WAITING_BYTES

    @property
    def write_message(self):
        return self.send

    def send(self, message, binary=False):
        sent = self.websocket_handler.write_message(message, binary)
        self.waiting += len(message)
        sent.add_done_callback(lambda done: self.was_sent(done, len(message)))
        if self.waiting > self.limit:
            # Whoever was interrupted runs again, and may go on writing all the same.
            self.limit = self.waiting + MOST_WAITING_BYTES
            self.signal(signal.SIGSTOP)
        return sent

    def was_sent(self, done, length):
        if not done.cancelled():
            done.exception()  # a client that has gone is no news here
        self.waiting -= length
        if self.waiting <= MOST_WAITING_BYTES // 4:
            self.go_on()

    def disconnect(self):
        self.go_on()
        super().disconnect()

    def go_on(self):
        if self.limit > MOST_WAITING_BYTES:
            self.limit = MOST_WAITING_BYTES
            self.signal(signal.SIGCONT)

    def signal(self, number):
        process = getattr(self.kernel_manager.provisioner, "process", None)
        if process is not None and process.poll() is None:
            with contextlib.suppress(ProcessLookupError):  # it leads no group
                os.killpg(process.pid, number)


class PatientManager(ServerKernelManager):
    """An interrupt reaches a kernel that is stopped too."""

    async def interrupt_kernel(self):
        await super().interrupt_kernel()
        await self.signal_kernel(signal.SIGCONT)


c.ServerApp.kernel_websocket_connection_class = PatientConnection
sys.modules["execd_jupyter"] = types.ModuleType("execd_jupyter")  # this one is wanted by name
sys.modules["execd_jupyter"].PatientManager = PatientManager
c.MappingKernelManager.kernel_manager_class = "execd_jupyter.PatientManager"

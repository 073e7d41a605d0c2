# SPDX-FileCopyrightText: 2026 The TCP Steps authors
# SPDX-License-Identifier: MIT
"""A screen, a session bus and an accessibility bus of its own, and the programs on them as assistive technology sees
them. Nothing of the user's desktop is touched."""
import os
import re
import shutil
import subprocess
import tempfile
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

patience = 60  # seconds; as long as the other tests wait
launcher = "/usr/libexec/at-spi-bus-launcher"


class Desktop:
    """Everything that was started ends with the context."""

    def __init__(self):
        self.processes = []
        self.events = []  # (type, role name, name, detail), in their order
        self.folder = tempfile.mkdtemp(prefix="tcp-steps-atspi-")

    def __enter__(self):
        try:
            self.begin()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
            try:
                process.wait(patience)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def begin(self):
        os.environ.update(
            HOME=self.folder, XDG_RUNTIME_DIR=self.folder, XDG_CONFIG_HOME=f"{self.folder}/config",
            XDG_DATA_HOME=f"{self.folder}/data", GSETTINGS_BACKEND="memory", LC_ALL="C.UTF-8", LANGUAGE="",
            QT_QPA_PLATFORM="xcb", QT_LINUX_ACCESSIBILITY_ALWAYS_ON="1")
        reading, writing = os.pipe()
        self.start("Xvfb", "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp",
                   pass_fds=(writing,), stderr=subprocess.DEVNULL)
        os.close(writing)
        with os.fdopen(reading) as numbers:
            os.environ["DISPLAY"] = ":" + numbers.readline().strip()
        bus = self.start("dbus-daemon", "--session", "--nofork", "--print-address", stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, text=True)
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()
        self.start(launcher, "--launch-immediately", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        Atspi.init()
        self.listener = Atspi.EventListener.new(self.take)
        for name in ("object:state-changed:showing", "object:state-changed:focused", "object:state-changed:selected",
                     "object:property-change:accessible-name"):
            self.listener.register(name)

    def start(self, *command, **options):
        process = subprocess.Popen(command, **options)
        self.processes.append(process)
        return process

    def take(self, event):
        try:
            self.events.append((event.type, event.source.get_role_name(), event.source.get_name(), event.detail1))
        except GLib.Error:
            pass  # it is gone already

    def program(self, *command):
        """Starts a program; returns its process and its window."""
        process = self.start(*command)

        def window():
            desktop = Atspi.get_desktop(0)
            for application in children(desktop):
                if application.get_process_id() == process.pid:
                    return next((child for child in children(application) if child.get_role_name() == "frame"), None)
            return None

        return process, wait(f"the window of {command[0]}", window)


def wait(what, condition):
    """Runs the main loop until the condition is met; returns its value."""
    context = GLib.MainContext.default()
    deadline = time.monotonic() + patience
    while True:
        while context.iteration(False):
            pass
        try:
            value = condition()
        except GLib.Error:
            value = None  # an object has gone while it was asked
        if value:
            return value
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {what}")
        wake = GLib.timeout_add(20, lambda: True)
        context.iteration(True)
        GLib.source_remove(wake)


def children(thing):
    found = (thing.get_child_at_index(i) for i in range(thing.get_child_count()))
    return [child for child in found if child is not None]


def everything(thing):
    """The tree from here down."""
    yield thing
    for child in children(thing):
        yield from everything(child)


def find(window, role, name):
    """The part with this role whose name matches the pattern; it has to be there."""
    def parts():
        return [part for part in everything(window)
                if part.get_role_name() == role and re.fullmatch(name, part.get_name())]
    return wait(f"{role} {name!r}", parts)[0]


def has(thing, state):
    return thing.get_state_set().contains(state)


def act(thing, name):
    offered = [Atspi.Action.get_action_name(thing, i) for i in range(Atspi.Action.get_n_actions(thing))]
    if name not in offered:
        raise AssertionError(f"{thing.get_role_name()} {thing.get_name()!r} offers only {offered}")
    Atspi.Action.do_action(thing, offered.index(name))


def press(window, name):
    """Presses a button as soon as it can be pressed."""
    button = find(window, "push button", name)
    wait(f"button {name!r}", lambda: has(button, Atspi.StateType.SENSITIVE) and has(button, Atspi.StateType.SHOWING))
    act(button, "Press")


def rows(table):
    """What a screen reader says of each row: its cells."""
    columns = range(Atspi.Table.get_n_columns(table))
    return [" ".join(filter(None, (Atspi.Table.get_accessible_at(table, row, column).get_name() for column in columns)))
            for row in range(Atspi.Table.get_n_rows(table))]

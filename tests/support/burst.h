// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "rawpeer.h"

/// Sends messages of 24 bytes through a connection to the listener, as fast as one thread can send and receive them.
/// Each message is at least one segment.
inline void burst(const RawPeer &listener, int messages)
{
    RawPeer client = RawPeer::connectTo(listener.port());
    RawPeer server = listener.accept();
    const QByteArray message("Hi, server! I'm client.", 24);
    for (int i = 0; i < messages; ++i) {
        client.send(message);
        server.receive(message.size());
    }
    client.closeNow();
    while (!server.sawEnd()) { }
    server.closeNow();
}

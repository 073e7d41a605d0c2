// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "conversation/socketoptions.h"
#include "packets/endpoint.h"

#include <QAbstractSocket>

#include <optional>

class OptionReader;

/// The options that say how a client connects. What was not given is empty.
struct ConnectionOptions {
    std::optional<LocalEnd> from;
    /// Any: -4 and -6 together.
    std::optional<QAbstractSocket::NetworkLayerProtocol> ipVersion;
    std::optional<int> reconnectMs;
    std::optional<bool> hasNoDelay;
    std::optional<SocketOptions::KeepAlive> keepAlive;
    std::optional<int> sendBufferBytes;
    std::optional<int> receiveBufferBytes;

    static void add(OptionReader &reader);
    void read(OptionReader &reader);
};

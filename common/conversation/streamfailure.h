// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QAbstractSocket>

/// Why a TcpStream has failed. TimedOut: no acknowledgement came for too long, whatever error the network reported
/// meanwhile.
enum class StreamFailure : quint8 { ResetByPeer, TimedOut };

StreamFailure streamFailureOf(int error); ///< errno
StreamFailure streamFailureOf(QAbstractSocket::SocketError error);

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "streamfailure.h"

#include <cerrno>

/// A reset gives ECONNRESET, or EPIPE after the peer's FIN.
StreamFailure streamFailureOf(int error)
{
    const bool hasTimedOut = error == ETIMEDOUT || error == EHOSTUNREACH || error == ENETUNREACH;
    return hasTimedOut ? StreamFailure::TimedOut : StreamFailure::ResetByPeer;
}

/// Qt reports ECONNRESET as RemoteHostClosedError, and a time-out as one of the others.
StreamFailure streamFailureOf(QAbstractSocket::SocketError error)
{
    const bool hasTimedOut = error == QAbstractSocket::SocketTimeoutError || error == QAbstractSocket::NetworkError;
    return hasTimedOut ? StreamFailure::TimedOut : StreamFailure::ResetByPeer;
}

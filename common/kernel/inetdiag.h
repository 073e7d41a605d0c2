// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kernelsocket.h"

struct nlmsghdr;

/// How Linux's sock_diag writes about TCP sockets (linux/inet_diag.h). For this room's own use; any thread.
namespace InetDiag {

constexpr int bufferSize = 8192; ///< more than one message needs

/// A message of type SOCK_DIAG_BY_FAMILY as a value; nothing where it is too short.
std::optional<KernelSocket> socketFrom(const nlmsghdr *message);

/// The ports are those of pair: a pair that is closed finds the socket that listens there.
bool isOf(const nlmsghdr *message, const SocketPair &pair);

} // namespace InetDiag

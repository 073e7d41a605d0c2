// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "kernelsocket.h"

struct nlmsghdr;

/// Parses the messages of Linux's sock_diag about TCP sockets (linux/inet_diag.h). Only for this room; any thread.
namespace InetDiag {

constexpr int bufferSize = 8192; ///< larger than any message

/// A message of type SOCK_DIAG_BY_FAMILY as a value; nothing if it is too short.
std::optional<KernelSocket> socketFrom(const nlmsghdr *message);

/// Whether the ports are those of pair. The kernel answers with the listening socket if the pair is closed.
bool isOf(const nlmsghdr *message, const SocketPair &pair);

} // namespace InetDiag

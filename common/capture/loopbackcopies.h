// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

/// Linux gives a capture each packet of loopback twice: as it leaves and as it arrives. libpcap hands on the second
/// only, but both take room in the kernel's buffer, and both are counted when there is no room.
namespace LoopbackCopies {

/// Lets the kernel leave out the first, before it takes room. socket: libpcap's, which has its filter already.
void leaveOut(int socket);

} // namespace LoopbackCopies

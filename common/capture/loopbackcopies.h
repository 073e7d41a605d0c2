// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

/// Linux delivers each loopback packet twice to a capture: when it leaves and when it arrives. libpcap passes on only
/// the second one, but both use space in the kernel's buffer, and both are counted when they are dropped.
namespace LoopbackCopies {

/// Makes the kernel drop the first copy before it uses space. socket: of libpcap, with its filter set.
void leaveOut(int socket);

} // namespace LoopbackCopies

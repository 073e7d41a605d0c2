// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "endcapture.h"

/// A connection that is in both captures.
struct FlowPair {
    std::array<int, 2> flows{-1, -1}; ///< by capture
    bool isSwapped = false;           ///< the client of the first capture's flow is the server of the second one's
    /// By Side of the first capture's flow: what to add to positions of the second capture's flow, and to its sequence
    /// numbers, to get those of the first.
    std::array<qint64, 2> positions{};
    std::array<quint32, 2> numbers{};
};

/// Finds the connections that two captures share. Each belongs to at most one of the other capture:
///
/// 1. Addresses and ports are the same, in either order, and the sequence numbers fit: the initial ones are the same
///    or, if a SYN is missing, the ranges of the numbers overlap.
/// 2. A translator (RFC 3022) changes addresses or ports: the initial sequence numbers of both ends are the same and
///    occur once in each capture, and the first bytes of both streams do not differ.
/// 3. It changes the sequence numbers, too: the first bytes of both streams are the same, as far as both captures have
///    them, and so are the positions of the FINs. At least one byte is in both captures, and no other connection in
///    either of them fits.
///
/// The last two need the SYNs of both ends in both captures. If more than 2 GiB of a stream were sent between the
/// beginnings of two captures that lack its SYN, they do not match.
std::vector<FlowPair> findFlowPairs(const EndCapture &first, const EndCapture &second);

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "ladderrow.h"

class LadderModel;
class Recording;

/// Rows as a screen reader says them: in words, the most important first, in one line. Functions for the recording's
/// thread; each reads a bounded number of steps.
namespace SpokenText {

/// "FIN, ACK from client to server, sequence 25, acknowledgement 13, step 5". absolute: the numbers on the wire;
/// otherwise those that tcpdump prints. 0 ≤ row < the flow's count.
QString segment(const Recording &recording, int flow, FlowRow row, bool absolute);

/// The same of a row of a ladder. A row without a segment: "Client: [1] Send: Hi, server! I'm client.".
QString row(const LadderModel &model, LadderIndex row);

} // namespace SpokenText

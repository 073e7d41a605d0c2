// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flows/flow.h"
#include "ladderrow.h"

/// The texts of a ladder. Pure functions; any thread.
namespace LadderText {

/// "SYN, ACK"; "no flags"
QString flags(quint16 flags);
/// "retransmission, zero window"; empty if nothing is remarkable.
QString notes(const FlowSegment &segment);
/// What notes() leaves open, in sentences, for tooltips: also why Wireshark's analysis names it differently.
QStringList explanations(const FlowSegment &segment);
/// "PSH, ACK: seq 1:25, ack 1, len 24", then shorter versions. Relative numbers are those of tcpdump: SYN is 0, the
/// first byte is 1; a segment of another connection keeps its own. zeros: by Side, the number of position 0
/// (Flow::relativeZero()).
std::array<QString, 4> labels(const FlowSegment &segment, bool absolute, const std::array<qint64, 2> &zeros = {1, 1});
/// Makes the row one of an ICMP error: with "ICMP fragmentation needed, MTU 1300: about seq 1" and shorter versions,
/// "from 10.0.0.254, ignored", and sentences about what it means and what it did. row has its segment.
void describe(LadderRow &row, const Flow &flow, const IcmpError &error, bool absolute);
/// "21.204 ms", "1.021204 s": to the microsecond.
QString exactly(qint64 us);
/// "1.001 s", "43 ms", "2 min 5 s"
QString duration(qint64 us);
/// "Client", "Server"
QString endName(Side side);
/// "TIME-WAIT, 43 s left", from long to short.
std::array<QString, 4> stateNames(const LadderState &state);
/// "at the top edge: ESTABLISHED", from long to short.
std::array<QString, 4> stateAtTop(const LadderState &state);
/// "TIME-WAIT, read from the kernel"
QString stateExplained(const LadderState &state);
/// A row in complete sentences, one per line, for tooltips and assistive technology.
QString described(const LadderRow &row);

} // namespace LadderText

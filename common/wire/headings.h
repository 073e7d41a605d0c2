// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "flowsegment.h"

#include <QLatin1StringView>

#include <vector>

/// A line that stands before a row of the Wire tab.
struct Heading {
    qsizetype row = 0;
    QLatin1StringView text; ///< "# The TCP four-way wave"; protocol text, not translated
    bool isFinal = false;   ///< no later segment changes it
    bool operator==(const Heading &) const = default;
};

/// The headings of tcpdump's page of one flow: opening, data, closing. Takes the rows one by one, looks at each once. A
/// part of a Flow.
///
///     | opening | "# The TCP three-way handshake", also while it goes on; "# The TCP handshake, simultaneous open",        |
///     |         | "…, refused", "…, unanswered", "…, unfinished" (the last two once the capture has ended),                |
///     |         | "# The capture begins after the handshake"                                                             |
///     | data    | "# Send / Recv data", before the first row after the opening that opens no closing phase                 |
///     | closing | "# The TCP wave" until it is decided; "# The TCP four-way wave", "# The TCP three-way wave (the second   |
///     |         | FIN carries the ACK)", "# The TCP wave, simultaneous close", "…, cut off by a reset", "…, unfinished"  |
///     |         | (once the capture has ended); "…, first half", "# Send / Recv data, one way", "# The TCP wave, second    |
///     |         | half"; "# The TCP reset"                                                                               |
class Headings
{
public:
    /// row is the next of the flow, with its sequence of states and notes decided.
    void append(qsizetype row, const FlowSegment &segment);
    void setEnded(bool ended);

    const std::vector<Heading> &list() const { return m_list; }

private:
    std::vector<Heading> m_list;
};

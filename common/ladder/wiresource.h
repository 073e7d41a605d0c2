// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "recording.h"

/// The lines of a flow of a Recording as tcpdump prints them: those of its capture, those of two captures in the order
/// of their times, or those that one end of an emulated link sees. A cheap value; does not own the recording.
class WireSource
{
public:
    /// seenAt: the end of the link; without a link, it does not matter.
    WireSource(const Recording &recording, int flow, Side seenAt);

    qsizetype count() const;               ///< of lines, without headings
    std::vector<Heading> headings() const; ///< Heading::row is the line that stands below
    FlowRow rowOf(qsizetype line) const;   ///< of the flow: the first row that the line shows
    qsizetype lineOf(FlowRow row) const;   ///< the first line that shows the row; -1: this end has not seen it
    /// tcpdump's line, without a newline at its end.
    void append(qsizetype line, bool isRelative, std::string &to) const;
    /// Passes the page to write, as TcpdumpPages::print().
    bool print(bool isRelative, const TcpdumpPages::Write &write) const;

private:
    const Recording &m_recording;
    const Flow &m_flow; ///< of the recording
    int m_index;        ///< of the flow
    Side m_seenAt;
    const LinkedFlows *m_link;
    int m_flowThere; ///< of that end of the link; -1: it has seen nothing
};

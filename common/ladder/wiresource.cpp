// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "wiresource.h"

WireSource::WireSource(const Recording &recording, int flow, Side seenAt)
    : m_recording(recording)
    , m_flow(recording.flows().at(flow))
    , m_index(flow)
    , m_seenAt(seenAt)
    , m_link(m_flow.transits() ? recording.link() : nullptr)
    , m_flowThere(m_link ? m_link->flowAt(seenAt, flow) : -1)
{
}

qsizetype WireSource::count() const
{
    if (m_link)
        return m_flowThere < 0 ? 0 : m_link->flowsAt(m_seenAt).at(m_flowThere).count();
    return m_recording.joint() ? m_recording.joint()->lineCount(m_flow) : m_flow.count();
}

std::vector<Heading> WireSource::headings() const
{
    if (m_link)
        return m_flowThere < 0 ? std::vector<Heading>() : m_link->flowsAt(m_seenAt).at(m_flowThere).headings();
    std::vector<Heading> headings = m_flow.headings();
    for (Heading &heading : headings)
        heading.row = lineOf(FlowRow(heading.row));
    return headings;
}

FlowRow WireSource::rowOf(qsizetype line) const
{
    if (m_link)
        return FlowRow(m_link->rowOf(m_seenAt, m_flowThere, line).row);
    return FlowRow(m_recording.joint() ? m_recording.joint()->rowOfLine(m_flow, line) : line);
}

qsizetype WireSource::lineOf(FlowRow row) const
{
    if (m_link)
        return m_link->rowAt(m_seenAt, {m_index, row.value()});
    return m_recording.joint() ? m_recording.joint()->lineOfRow(m_flow, row.value()) : row.value();
}

void WireSource::append(qsizetype line, bool isRelative, std::string &to) const
{
    if (m_link)
        m_link->pagesAt(m_seenAt).appendLine(m_flowThere, line, isRelative, to);
    else if (const JointCapture *joint = m_recording.joint())
        joint->appendLine(m_index, m_flow, line, isRelative, to);
    else
        m_recording.pages().appendLine(m_index, line, isRelative, to);
}

bool WireSource::print(bool isRelative, const TcpdumpPages::Write &write) const
{
    if (m_link)
        return m_flowThere < 0 || m_link->pagesAt(m_seenAt).print(m_flowThere, isRelative, write);
    if (const JointCapture *joint = m_recording.joint())
        return joint->print(m_index, m_flow, isRelative, write);
    return m_recording.pages().print(m_index, isRelative, write);
}

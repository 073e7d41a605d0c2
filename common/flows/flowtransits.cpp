// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// When the segments of a flow left and arrived: from two captures, or step by step from an emulated link.

#include "flow.h"

void Flow::setTransits(Transits transits)
{
    m_transits = std::move(transits);
    for (size_t row = 0; row < m_rows.size(); ++row) {
        m_rows[row].notes &= ~quint32(FlowSegment::Lost);
        if (m_transits->rows[row].fate == Transit::Fate::Lost)
            leaveReceiver(qsizetype(row));
    }
}

void Flow::setTransits(Transits transits, const std::vector<RowStates> &states, const std::array<TcpState, 2> &last)
{
    setTransits(std::move(transits));
    for (size_t row = 0; row < m_rows.size(); ++row) {
        m_rows[row].senderState = states[row].sender;
        m_rows[row].receiverState = states[row].receiver;
        if (m_rows[row].has(FlowSegment::Lost))
            leaveReceiver(qsizetype(row));
    }
    m_lastStates = last;
}

/// The row does not change its receiver's state.
void Flow::leaveReceiver(qsizetype row)
{
    m_rows[size_t(row)].notes |= FlowSegment::Lost;
    LossInference::leaveReceiver(m_rows, row);
}

void Flow::setDeparted(Transits::Line line, Transit::Fate fate, bool isCorrupted)
{
    if (!m_transits)
        m_transits.emplace();
    line.row = quint32(m_transits->rows.size());
    Transit &transit = m_transits->rows.emplace_back();
    transit.departureUs = m_rows.back().timeUs;
    transit.departureLine = quint32(m_transits->lines.size());
    transit.isCorrupted = isCorrupted;
    m_transits->lines.push_back(line);
    setFate(line.row, fate);
}

void Flow::setArrived(Transits::Line line, qint64 timeUs)
{
    if (!m_transits)
        m_transits.emplace();
    if (line.row == m_transits->rows.size())
        m_transits->rows.emplace_back().isDuplicate = true;
    Transit &transit = m_transits->rows[line.row];
    transit.arrivalUs = timeUs;
    transit.arrivalLine = quint32(m_transits->lines.size());
    transit.fate = Transit::Fate::Arrived;
    m_transits->lines.push_back(line);
    m_transits->arrivals.push_back(line.row);
}

void Flow::setFate(qsizetype row, Transit::Fate fate)
{
    Transit &transit = m_transits->rows[size_t(row)];
    transit.fate = fate;
    if (fate == Transit::Fate::Lost)
        leaveReceiver(row);
    else if (transit.isCorrupted)
        LossInference::leaveReceiver(m_rows, row);
}

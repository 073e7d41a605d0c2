// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// Where segments and steps are in the ladder.

#include "laddermodel.h"

#include <algorithm>

size_t LadderModel::loneFrom(qsizetype row) const
{
    size_t from = 0;
    for (size_t to = m_lone.size(); from < to;) {
        const size_t middle = from + (to - from) / 2;
        if (rowOfLone(middle) < row)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

LadderModel::Item LadderModel::itemAt(LadderIndex at) const
{
    const qsizetype row = at.value();
    const size_t index = loneFrom(row);
    if (index == m_lone.size() || rowOfLone(index) != row) {
        const qsizetype segment = row - qsizetype(index);
        return {.segment = FlowRow(segment), .timeUs = flow()->at(segment).timeUs};
    }
    const Lone &lone = m_lone[index];
    if (lone.item & Lone::stateBit)
        return {.state = &m_states[lone.item & ~Lone::stateBit].state, .timeUs = timeOf(lone)};
    return {.step = StepRow(lone.item), .timeUs = timeOf(lone)};
}

LadderIndex LadderModel::rowOfSegment(FlowRow segment) const
{
    return LadderIndex(ladderRowOf(segment.value()));
}

qsizetype LadderModel::ladderRowOf(qsizetype segment) const
{
    const auto behind = std::ranges::upper_bound(m_lone, quint32(segment), {}, &Lone::segment);
    return segment + qsizetype(behind - m_lone.begin());
}

std::vector<LadderIndex> LadderModel::rowsOfStep(StepRow row) const
{
    const qsizetype step = row.value();
    const auto lone = loneOfStep(step);
    for (auto same = lone; same != m_lone.end() && stepOf(*same) == step; ++same) {
        if (same->item == quint32(step))
            return {LadderIndex(rowOfLone(size_t(same - m_lone.begin())))};
    }
    const StepSegments segments = m_recording.match().segmentsOf(StepRow(step));
    std::vector<LadderIndex> rows;
    if (m_flow < 0 || segments.flow != m_flow)
        return rows;
    for (const FlowRow segment : segments.rows) {
        if (segment.value() < m_segments)
            rows.push_back(rowOfSegment(segment));
    }
    return rows;
}

LadderIndex LadderModel::ackRowOfStep(StepRow step) const
{
    const StepSegments segments = m_recording.match().segmentsOf(step);
    const bool isHere =
        m_flow >= 0 && segments.flow == m_flow && segments.ackRow.isValid() && segments.ackRow.value() < m_segments;
    return isHere ? rowOfSegment(segments.ackRow) : LadderIndex();
}

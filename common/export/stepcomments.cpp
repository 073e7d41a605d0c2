// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepcomments.h"

#include "steps/steptext.h"

#include <algorithm>

namespace {

constexpr qsizetype maxCharacters = 1000; ///< of a message; Wireshark shows a comment on one line

/// The row that carried the last new byte of the step, or -1.
qsizetype completingRow(const Flow &flow, const std::vector<qsizetype> &rows)
{
    const auto found = std::find_if(rows.rbegin(), rows.rend(), [&flow](qsizetype row) {
        return !flow.at(row).has(FlowSegment::Retransmission) || flow.at(row).newBytes > 0;
    });
    return found == rows.rend() ? -1 : *found;
}

} // namespace

quint32 StepComments::frameOf(const StepMatch &match, const FlowTable &flows, qsizetype step)
{
    const StepSegments segments = match.segmentsOf(step);
    const qsizetype row = segments.flow < 0 ? -1 : completingRow(flows.at(segments.flow), segments.rows);
    return row < 0 ? 0 : flows.at(segments.flow).at(row).frame;
}

QString StepComments::text(const Step &step)
{
    return StepText::line(step, maxCharacters);
}

PacketComments stepComments(const FlowTable &flows, const std::vector<Step> &steps)
{
    StepMatch match(flows);
    for (const Step &step : steps)
        match.add(step); // events too: they tell which connection is which flow
    PacketComments comments;
    for (size_t i = 0; i < steps.size(); ++i) {
        const quint32 frame = steps[i].isEvent() ? 0 : StepComments::frameOf(match, flows, qsizetype(i));
        if (frame > 0)
            comments[frame].append(StepComments::text(steps[i]));
    }
    return comments;
}

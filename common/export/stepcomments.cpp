// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "stepcomments.h"

#include "steps/steptext.h"

#include <algorithm>

namespace {

constexpr qsizetype maxCharacters = 1000; ///< of a message; Wireshark shows a comment on one line

/// The row that carried the last new byte of the step; invalid: none did.
FlowRow completingRow(const Flow &flow, const std::vector<FlowRow> &rows)
{
    const auto found = std::find_if(rows.rbegin(), rows.rend(), [&flow](FlowRow row) {
        const FlowSegment &segment = flow.at(row.value());
        return !segment.has(FlowSegment::Retransmission) || segment.newBytes > 0;
    });
    return found == rows.rend() ? FlowRow() : *found;
}

} // namespace

quint32 StepComments::frameOf(const StepMatch &match, const FlowTable &flows, StepRow step)
{
    const StepSegments segments = match.segmentsOf(step);
    const FlowRow row = segments.flow < 0 ? FlowRow() : completingRow(flows.at(segments.flow), segments.rows);
    return row.isValid() ? flows.at(segments.flow).at(row.value()).frame : 0;
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
        const quint32 frame = steps[i].isEvent() ? 0 : StepComments::frameOf(match, flows, StepRow(qsizetype(i)));
        if (frame > 0)
            comments[frame].append(StepComments::text(steps[i]));
    }
    return comments;
}

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT

// The steps of an end that has no log here: StepMatch infers them from the other end's steps and the segments.

#include "stepmatch.h"

#include "steps/stepnumber.h"

#include <algorithm>

/// How much of this end's stream the other end had received when it sent the end of a message.
qint64 StepMatch::seenWhenSent(const End &end, const Message &received) const
{
    const Flow &flow = m_table.at(end.flow);
    const qsizetype row = flow.firstRowOf(otherEnd(end.side), received.end() - 1);
    return row < 0 ? SentStream::nothing : flow.at(row).acknowledged;
}

/// The Recv of the index-th message that this end sent. Its row is invalid if no segment shows it (yet).
InferredStep StepMatch::inferredReceive(const End &end, qsizetype index) const
{
    const Message message = end.connection->sent.at(index);
    const qsizetype sentLater = end.connection->received.partitionPoint(
        [&](const Message &other) { return seenWhenSent(end, other) < message.end(); });
    const auto messages = int(index + 1 + sentLater);
    return {.side = otherEnd(end.side),
            .kind = StepKind::Recv,
            .number = StepNumber::ofReceive(messages),
            .flow = end.flow,
            .row = FlowRow(m_table.at(end.flow).ackRowOf(end.side, message.end())),
            .offset = message.offset,
            .bytes = message.bytes,
            .origin = StepRow(message.step)};
}

/// The Send of the index-th message that this end received. Its row is invalid if no segment shows it.
InferredStep StepMatch::inferredSend(const End &end, qsizetype index) const
{
    const Message message = end.connection->received.at(index);
    const auto messages = int(index + 1 + end.connection->sent.firstBeyond(seenWhenSent(end, message)));
    return {.side = otherEnd(end.side),
            .kind = StepKind::Send,
            .number = StepNumber::ofSend(messages),
            .flow = end.flow,
            .row = FlowRow(m_table.at(end.flow).firstRowOf(otherEnd(end.side), message.end() - 1)),
            .offset = message.offset,
            .bytes = message.bytes,
            .origin = StepRow(message.step)};
}

std::optional<InferredStep> StepMatch::inferred(StepRow step) const
{
    const End end = endOf(step.value());
    if (end.flow < 0)
        return {};
    const qsizetype sent = end.connection->sent.indexOf(step.value());
    const qsizetype received = end.connection->received.indexOf(step.value());
    const Side sender = sent >= 0 ? end.side : otherEnd(end.side);
    if ((sent < 0 && received < 0) || !m_table.at(end.flow).isOriginKnown(sender) ||
        isKnown(end.flow, otherEnd(end.side)))
        return {};
    const InferredStep found = sent >= 0 ? inferredReceive(end, sent) : inferredSend(end, received);
    return found.row.isValid() ? std::optional(found) : std::nullopt;
}

std::optional<InferredStep> StepMatch::inferredClose(int flow, Side side) const
{
    const auto ends = endsOf(flow, Ends::OfConnections);
    if (ends.empty() || isKnown(flow, side))
        return {};
    const Flow &whole = m_table.at(flow);
    const auto fin = whole.finPosition(side);
    const qsizetype row = fin ? whole.firstRowOf(side, *fin) : whole.rstRow(side);
    if (row < 0)
        return {};
    const FlowSegment &segment = whole.at(row);
    const Connection &connection = *ends.front().connection;
    const auto messages =
        int(connection.sent.firstBeyond(segment.acknowledged) + connection.received.firstBeyond(segment.end()));
    const auto otherFin = whole.finPosition(otherEnd(side));
    const bool isFirst = !otherFin || segment.acknowledged <= *otherFin;
    return InferredStep{.side = side,
                        .kind = fin ? StepKind::Close : StepKind::Reset,
                        .number = StepNumber::ofClose(messages, isFirst),
                        .flow = flow,
                        .row = FlowRow(row)};
}

std::vector<InferredStep> StepMatch::inferredAt(int flow, FlowRow row) const
{
    std::vector<InferredStep> found;
    const auto take = [&](const std::optional<InferredStep> &step) {
        if (step && step->row == row)
            found.push_back(*step);
    };
    for (const std::vector<StepRow> &steps : {acknowledgedBy(flow, row), stepsOf(flow, row)}) {
        for (const StepRow step : steps)
            take(inferred(step));
    }
    for (const Side side : {Side::Client, Side::Server})
        take(inferredClose(flow, side));
    const auto byNumber = [](const InferredStep &a, const InferredStep &b) { return a.number < b.number; };
    std::sort(found.begin(), found.end(), byNumber);
    const auto isSame = [](const InferredStep &a, const InferredStep &b) { return a == b; };
    found.erase(std::unique(found.begin(), found.end(), isSame), found.end());
    return found;
}

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "spokentext.h"

#include "laddermodel.h"
#include "ladderrows.h"
#include "laddertext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr size_t spokenSteps = 4; ///< of a segment, of either end; it may carry many more

struct SpokenTextStrings {
    Q_DECLARE_TR_FUNCTIONS(SpokenText)
};

QString arrow(const QString &what, Side sender)
{
    return sender == Side::Client ? SpokenTextStrings::tr("%1 from client to server", "flags").arg(what)
                                  : SpokenTextStrings::tr("%1 from server to client", "flags").arg(what);
}

void addNumbers(QStringList &words, const FlowSegment &segment, const Flow &flow, bool absolute)
{
    absolute |= segment.has(FlowSegment::Stray);
    const qint64 sequence = absolute ? qint64(segment.sequence) : segment.start() + flow.relativeZero(segment.sender);
    const qint64 acknowledgement =
        absolute ? qint64(segment.acknowledgement) : segment.acknowledged + flow.relativeZero(otherEnd(segment.sender));
    if (segment.length > 0 || (segment.flags & (Segment::Syn | Segment::Fin | Segment::Rst)) != 0)
        words.append(SpokenTextStrings::tr("sequence %1").arg(sequence));
    if (segment.has(Segment::Ack))
        words.append(SpokenTextStrings::tr("acknowledgement %1").arg(acknowledgement));
    if (segment.length == 1)
        words.append(SpokenTextStrings::tr("1 byte"));
    else if (segment.length > 0)
        words.append(SpokenTextStrings::tr("%1 bytes").arg(QLocale().toString(segment.length)));
}

/// The numbered steps whose bytes, FIN or RST the segment carried.
void addSteps(QStringList &words, const Recording &recording, int flow, FlowRow row)
{
    const std::vector<StepRow> carried = recording.match().stepsOf(flow, row);
    const std::vector<InferredStep> inferred = recording.match().inferredAt(flow, row);
    std::vector<int> numbers;
    for (size_t i = 0; i < std::min(carried.size(), spokenSteps); ++i) {
        const Step step = recording.step(carried[i].value());
        if (!step.isEvent())
            numbers.push_back(step.number);
    }
    for (size_t i = 0; i < std::min(inferred.size(), spokenSteps); ++i)
        numbers.push_back(inferred[i].number);
    std::ranges::sort(numbers);
    for (const int number : numbers)
        words.append(SpokenTextStrings::tr("step %1").arg(number));
    if (carried.size() > spokenSteps || inferred.size() > spokenSteps)
        words.append(SpokenTextStrings::tr("and more steps"));
}

/// The steps, states and guessed arrows of a row that was not captured.
QString uncaptured(const LadderRow &row)
{
    QStringList lines = LadderText::described(row).split(u'\n');
    lines.removeFirst(); // the time
    if (row.kind == LadderRow::Kind::Guess)
        lines.front() = SpokenTextStrings::tr("%1, not captured").arg(arrow(row.labels[0], row.sender));
    return lines.join(u", "_s);
}

} // namespace

QString SpokenText::segment(const Recording &recording, int flow, FlowRow row, bool absolute)
{
    const Flow &shown = recording.flows().at(flow);
    const FlowSegment &segment = shown.at(row.value());
    QStringList words{arrow(LadderText::flags(segment.flags), segment.sender)};
    addNumbers(words, segment, shown, absolute);
    addSteps(words, recording, flow, row);
    if (const QString notes = LadderText::notes(segment); !notes.isEmpty())
        words.append(notes);
    return words.join(u", "_s);
}

QString SpokenText::row(const LadderModel &model, LadderIndex row)
{
    const LadderRow made = LadderRows::make(model, row);
    if (made.kind != LadderRow::Kind::Segment)
        return uncaptured(made);
    const QString text = segment(model.recording(), model.flowIndex(), made.segment, model.isAbsolute());
    if (!made.transit)
        return text;
    // A second capture, or the link, tells of the network.
    switch (made.arrival) {
    case LadderRow::Arrival::Lost:
        return SpokenTextStrings::tr("%1, lost").arg(text);
    case LadderRow::Arrival::Held:
        return SpokenTextStrings::tr("%1, held").arg(text);
    case LadderRow::Arrival::OnItsWay:
        return SpokenTextStrings::tr("%1, on its way").arg(text);
    default:
        return text;
    }
}

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "laddermermaid.h"

#include "laddermodel.h"
#include "ladderrows.h"
#include "laddertext.h"
#include "packets/segment.h"

#include <optional>

using namespace Qt::StringLiterals;

namespace {

QLatin1StringView participant(Side side)
{
    return side == Side::Client ? "Client"_L1 : "Server"_L1;
}

QLatin1StringView place(Side side)
{
    return side == Side::Client ? "left of"_L1 : "right of"_L1;
}

/// In Mermaid ';' ends a statement and '#' starts an entity; '<' might become HTML, and '%%' a comment.
QString escaped(const QString &text)
{
    QString result;
    for (const QChar character : text) {
        if (u"#;<>&\"%\\{}"_s.contains(character))
            result += u'#' + QString::number(character.unicode()) + u';';
        else
            result += character;
    }
    return result;
}

QString note(Side side, const QString &text)
{
    return u"    Note %1 %2: %3\n"_s.arg(place(side), participant(side), escaped(text));
}

QLatin1StringView arrow(const LadderRow &row)
{
    if (row.kind == LadderRow::Kind::Error)
        return "-->>"_L1; // its text tells it from a guess
    if (row.arrival != LadderRow::Arrival::Arrived && row.arrival != LadderRow::Arrival::Lost)
        return row.kind == LadderRow::Kind::Guess ? "--)"_L1 : "-)"_L1;
    if ((row.flags & Segment::Rst) || row.arrival == LadderRow::Arrival::Lost)
        return row.kind == LadderRow::Kind::Guess ? "--x"_L1 : "-x"_L1;
    return row.kind == LadderRow::Kind::Guess ? "-->>"_L1 : "->>"_L1;
}

QString stepText(const LadderStep &step)
{
    return step.isInferred ? u"(%1)"_s.arg(step.text) : step.text;
}

/// The state of an end after that of before, and its steps.
QString notes(const LadderRow &row, Side side, const LadderState &state, const LadderState &before)
{
    QString lines;
    if (state.source != LadderState::Source::Unknown && (state.state != before.state || before.source != state.source))
        lines += note(side, tcpStateName(state.state));
    for (const LadderStep &step : row.steps) {
        if (step.side == side)
            lines += note(side, stepText(step));
    }
    if (row.hiddenSteps[size_t(side)] > 0)
        lines += note(side, u"… %1 more"_s.arg(row.hiddenSteps[size_t(side)]));
    return lines;
}

/// The state of the receiver when the segment arrives: a segment that was sent later may have changed it already.
LadderState stateBeforeArrival(const Flow &flow, qsizetype row)
{
    const Side receiver = otherEnd(flow.at(row).sender);
    const Transits &transits = *flow.transits();
    for (qint64 line = qint64(transits.rows[size_t(row)].arrivalLine) - 1; line >= 0; --line) {
        const Transits::Line &before = transits.lines[size_t(line)];
        if (before.capture != transits.captureAt[size_t(receiver)])
            continue;
        const FlowSegment &segment = flow.at(before.row);
        const TcpState state = segment.sender == receiver ? segment.senderState : segment.receiverState;
        return {state, LadderState::Source::Segments};
    }
    return {flow.stateBefore(receiver), LadderState::Source::Segments};
}

QString headNotes(const LadderModel &model, const LadderRow &row)
{
    if (!row.transit)
        return notes(row, row.receiver(), row.head, row.before[size_t(row.receiver())]);
    if (row.arrival != LadderRow::Arrival::Arrived)
        return {};
    return notes(row, row.receiver(), row.head, stateBeforeArrival(*model.flow(), row.segment.value()));
}

/// " [21.204 ms → 31.250 ms]": when the segment left and arrived; × if it was lost.
QString timesOf(const LadderTransit &transit, LadderRow::Arrival arrival)
{
    const QString none = arrival == LadderRow::Arrival::Lost ? u"×"_s : u"?"_s;
    return u" [%1 → %2]"_s.arg(transit.departure.isEmpty() ? u"?"_s : transit.departure,
                               transit.arrival.isEmpty() ? none : transit.arrival);
}

bool crossesNext(const LadderModel &model, LadderIndex row)
{
    if (row.value() + 1 >= model.count())
        return false;
    const FlowRow next = model.itemAt(row + 1).segment;
    return next.isValid() && model.crossesPrevious(next);
}

} // namespace

QString LadderMermaid::header(const std::array<QString, 2> &addresses)
{
    QString lines = u"sequenceDiagram\n"_s;
    for (const Side side : {Side::Client, Side::Server}) {
        lines += u"    participant %1 as %2"_s.arg(participant(side), LadderText::endName(side));
        if (const QString &address = addresses[size_t(side)]; !address.isEmpty())
            lines += u' ' + escaped(address);
        lines += u'\n';
    }
    return lines;
}

QString LadderMermaid::legend(const QStringList &sentences)
{
    QString lines;
    for (const QString &sentence : sentences)
        lines += u"    Note over Client,Server: %1\n"_s.arg(escaped(sentence));
    return lines;
}

QString LadderMermaid::lines(const LadderModel &model, LadderIndex at)
{
    const LadderRow row = LadderRows::make(model, at);
    std::optional<LadderRow> crossed;
    if (row.crossesPrevious)
        crossed = LadderRows::make(model, at - 1);
    QString lines;
    for (const QString &heading : row.headings)
        lines += u"    Note over Client,Server: %1\n"_s.arg(escaped(heading));
    if (row.gapUs > 0)
        lines += u"    Note over Client,Server: %1\n"_s.arg(escaped(LadderText::duration(row.gapUs)));
    lines += notes(row, row.sender, row.tail, (crossed ? *crossed : row).before[size_t(row.sender)]);
    if (!row.hasArrow())
        return lines;
    QString text = row.labels[0];
    if (!row.notes.isEmpty())
        text += " ("_L1 + row.notes + u')';
    if (row.transit)
        text += timesOf(*row.transit, row.arrival);
    lines += u"    %1%2%3: %4\n"_s.arg(participant(row.sender), arrow(row), participant(row.receiver()), escaped(text));
    if (crossed)
        lines += headNotes(model, *crossed);
    return crossesNext(model, at) ? lines : lines + headNotes(model, row);
}

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "laddertext.h"

#include "steps/steptext.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace {

struct LadderTextStrings {
    Q_DECLARE_TR_FUNCTIONS(LadderText)
};

QString sequence(const FlowSegment &segment, bool absolute, qint64 zero)
{
    const QString first = absolute ? QString::number(segment.sequence) : QString::number(segment.start() + zero);
    if (segment.length == 0)
        return "seq "_L1 + first;
    const QString behind = absolute ? QString::number(segment.sequence + segment.length)
                                    : QString::number(segment.start() + zero + segment.length);
    return "seq "_L1 + first + u':' + behind;
}

} // namespace

QString LadderText::flags(quint16 flags)
{
    static constexpr std::array<std::pair<Segment::Flag, QLatin1StringView>, 9> names{{{Segment::Syn, "SYN"_L1},
                                                                                       {Segment::Fin, "FIN"_L1},
                                                                                       {Segment::Rst, "RST"_L1},
                                                                                       {Segment::Psh, "PSH"_L1},
                                                                                       {Segment::Urg, "URG"_L1},
                                                                                       {Segment::Ack, "ACK"_L1},
                                                                                       {Segment::Ece, "ECE"_L1},
                                                                                       {Segment::Cwr, "CWR"_L1},
                                                                                       {Segment::Ae, "AE"_L1}}};
    QStringList set;
    for (const auto &[flag, name] : names) {
        if (flags & flag)
            set.append(name);
    }
    return set.isEmpty() ? LadderTextStrings::tr("no flags") : set.join(", "_L1);
}

QString LadderText::notes(const FlowSegment &segment)
{
    const std::array<std::pair<FlowSegment::Note, QString>, 16> names{{
        {FlowSegment::Stray, LadderTextStrings::tr("of another connection")},
        {FlowSegment::IgnoredReset, LadderTextStrings::tr("ignored")},
        {FlowSegment::Lost, LadderTextStrings::tr("lost, sent again")},
        {FlowSegment::FastRetransmission, LadderTextStrings::tr("fast retransmission")},
        {FlowSegment::SpuriousRetransmission, LadderTextStrings::tr("spurious retransmission")},
        {FlowSegment::Retransmission, LadderTextStrings::tr("retransmission")},
        {FlowSegment::OutOfOrder, LadderTextStrings::tr("out of order")},
        {FlowSegment::PreviousMissing, LadderTextStrings::tr("a previous segment is missing")},
        {FlowSegment::KeepAlive, LadderTextStrings::tr("keep-alive")},
        {FlowSegment::KeepAliveAck, LadderTextStrings::tr("answer to a probe")},
        {FlowSegment::ZeroWindow, LadderTextStrings::tr("zero window")},
        {FlowSegment::ZeroWindowProbe, LadderTextStrings::tr("zero-window probe")},
        {FlowSegment::WindowUpdate, LadderTextStrings::tr("window update")},
        {FlowSegment::DuplicateAck, LadderTextStrings::tr("duplicate ACK")},
        {FlowSegment::TooBig, LadderTextStrings::tr("smaller, as ICMP requested")},
        {FlowSegment::TimeWaitAck, LadderTextStrings::tr("acknowledged again in TIME-WAIT")},
    }};
    const bool isNamed =
        segment.has(FlowSegment::FastRetransmission) || segment.has(FlowSegment::SpuriousRetransmission);
    QStringList set;
    for (const auto &[note, name] : names) {
        if (segment.has(note) && !(isNamed && note == FlowSegment::Retransmission))
            set.append(name);
    }
    return set.join(", "_L1);
}

QStringList LadderText::explanations(const FlowSegment &segment)
{
    QStringList lines;
    if (segment.has(FlowSegment::Stray))
        lines.append(LadderTextStrings::tr("Its numbers do not belong to this connection."));
    else if (segment.has(FlowSegment::IgnoredReset))
        lines.append(
            LadderTextStrings::tr("It reset nothing: TCP accepts a RST only at the number that it expects next, "
                                  "or the ends went on."));
    if (segment.has(FlowSegment::FastRetransmission))
        lines.append(LadderTextStrings::tr("Duplicate ACKs requested it."));
    if (segment.has(FlowSegment::SpuriousRetransmission))
        lines.append(LadderTextStrings::tr("The other end had acknowledged these bytes already."));
    if (segment.has(FlowSegment::TooBig))
        lines.append(LadderTextStrings::tr("An ICMP error had said that a segment with these bytes was too big for a "
                                           "link (path MTU discovery; RFC 1191, RFC 8201)."));
    if (!segment.has(FlowSegment::UnlikeWireshark))
        return lines;
    if (segment.has(FlowSegment::SpuriousRetransmission))
        lines.append(
            LadderTextStrings::tr("Wireshark compares with the last acknowledgement in the capture, which is an "
                                  "older one here."));
    else if (segment.has(FlowSegment::OutOfOrder))
        lines.append(
            LadderTextStrings::tr("Wireshark calls it a retransmission, because it came late. Its timestamp, or "
                                  "the handshake's round trip, shows that it left before later bytes, which have "
                                  "overtaken it."));
    else if (segment.newBytes > 0 && segment.newBytes == segment.length)
        lines.append(
            LadderTextStrings::tr("Wireshark calls it out of order, because it came within a round trip. Its "
                                  "timestamp, or the handshake's round trip, shows that it left after later bytes, "
                                  "so it was sent again."));
    else if (segment.length == 1)
        lines.append(LadderTextStrings::tr("Wireshark may call it a keep-alive or out of order. This byte was captured "
                                           "before, and had not been acknowledged."));
    else
        lines.append(
            LadderTextStrings::tr("Wireshark calls it out of order, because it came within a round trip. These "
                                  "bytes were captured before, so they were sent again."));
    return lines;
}

std::array<QString, 4> LadderText::labels(const FlowSegment &segment, bool absolute, const std::array<qint64, 2> &zeros)
{
    const auto sender = size_t(segment.sender);
    absolute |= segment.has(FlowSegment::Stray);
    const QString names = flags(segment.flags);
    const auto withFlags = [&names](const QStringList &rest) {
        return rest.isEmpty() ? names : names + ": "_L1 + rest.join(", "_L1);
    };
    const bool hasSequence = segment.length > 0 || (segment.flags & (Segment::Syn | Segment::Fin | Segment::Rst)) != 0;
    const QString length = u"len %1"_s.arg(segment.length);
    QStringList all;
    QStringList most; // without the acknowledgement
    QStringList least;
    if (hasSequence) {
        all = most = {sequence(segment, absolute, zeros[sender])};
        least = segment.length > 0 ? QStringList(length) : most;
    }
    if (segment.has(Segment::Ack)) {
        const qint64 relative = segment.acknowledged + zeros[1 - sender];
        all.append("ack "_L1 + QString::number(absolute ? qint64(segment.acknowledgement) : relative));
        if (!hasSequence)
            least = most = all;
    }
    if (segment.length > 0) {
        all.append(length);
        most.append(length);
    }
    return {withFlags(all), withFlags(most), withFlags(least), names};
}

QString LadderText::exactly(qint64 us)
{
    return us < 1'000'000 ? LadderTextStrings::tr("%1 ms").arg(double(us) / 1000, 0, 'f', 3)
                          : LadderTextStrings::tr("%1 s").arg(double(us) / 1'000'000, 0, 'f', 6);
}

QString LadderText::duration(qint64 us)
{
    const qint64 ms = (us + 500) / 1000;
    if (ms < 1000)
        return LadderTextStrings::tr("%1 ms").arg(ms);
    if (ms < 60'000)
        return LadderTextStrings::tr("%1 s").arg(double(ms) / 1000, 0, 'f', 3);
    const qint64 seconds = (ms + 500) / 1000;
    return LadderTextStrings::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString LadderText::endName(Side side)
{
    return side == Side::Client ? LadderTextStrings::tr("Client") : LadderTextStrings::tr("Server");
}

std::array<QString, 4> LadderText::stateNames(const LadderState &state)
{
    const QString name = tcpStateName(state.state);
    if (state.leftS < 0)
        return {name, name, name, name};
    return {LadderTextStrings::tr("%1, %2 s left", "a state, and seconds").arg(name).arg(state.leftS),
            LadderTextStrings::tr("%1, %2 s", "a state, and seconds").arg(name).arg(state.leftS), name, name};
}

std::array<QString, 4> LadderText::stateAtTop(const LadderState &state)
{
    const QString name = tcpStateName(state.state);
    return {LadderTextStrings::tr("at the top edge: %1", "a state").arg(name),
            LadderTextStrings::tr("top edge: %1", "a state").arg(name),
            LadderTextStrings::tr("top: %1", "a state").arg(name), name};
}

QString LadderText::stateExplained(const LadderState &state)
{
    const QString name = stateNames(state).front();
    switch (state.source) {
    case LadderState::Source::Kernel:
        return LadderTextStrings::tr("%1, read from the kernel").arg(name);
    case LadderState::Source::Steps:
        return LadderTextStrings::tr("%1, inferred from the steps").arg(name);
    default:
        return LadderTextStrings::tr("%1, inferred from the segments").arg(name);
    }
}

QString LadderText::described(const LadderRow &row)
{
    QStringList lines;
    QString time = StepText::clock({row.timeUs, 0});
    if (row.gapUs > 0)
        time = LadderTextStrings::tr("%1, %2 after the previous row").arg(time, duration(row.gapUs));
    lines.append(time);
    if (row.hasArrow()) {
        QString arrow = row.sender == Side::Client ? LadderTextStrings::tr("Client to server: %1")
                                                   : LadderTextStrings::tr("Server to client: %1");
        if (row.isFromRouter)
            arrow = row.sender == Side::Client ? LadderTextStrings::tr("To the server: %1")
                                               : LadderTextStrings::tr("To the client: %1");
        arrow = arrow.arg(row.notes.isEmpty() ? row.labels[0] : row.labels[0] + " ("_L1 + row.notes + u')');
        lines.append(row.kind == LadderRow::Kind::Guess ? LadderTextStrings::tr("%1, not captured").arg(arrow) : arrow);
    }
    lines.append(row.explanations);
    if (row.transit && !row.transit->departure.isEmpty())
        lines.append(LadderTextStrings::tr("Left after %1.").arg(row.transit->departure));
    if (row.transit && !row.transit->arrival.isEmpty())
        lines.append(LadderTextStrings::tr("Arrived after %1.").arg(row.transit->arrival));
    if (row.transit && row.arrival == LadderRow::Arrival::Lost)
        lines.append(LadderTextStrings::tr("It was lost: the other end has not seen it."));
    else if (row.arrival == LadderRow::Arrival::Held)
        lines.append(LadderTextStrings::tr("The network holds it, until you deliver or lose it."));
    else if (row.arrival == LadderRow::Arrival::OnItsWay)
        lines.append(LadderTextStrings::tr("It is on its way: the network delivers it later."));
    else if (row.arrival == LadderRow::Arrival::NotSeen)
        lines.append(LadderTextStrings::tr("The capture at the other end does not have it, but may have missed it."));
    else if (row.arrival == LadderRow::Arrival::Lost)
        lines.append(LadderTextStrings::tr("It did not arrive, as later segments show."));
    else if (row.arrival == LadderRow::Arrival::Awaited)
        lines.append(LadderTextStrings::tr("The other end has not acknowledged it yet."));
    if (row.crossesPrevious)
        lines.append(LadderTextStrings::tr("It crossed the previous segment, as the acknowledgement numbers show."));
    const auto addState = [&lines, &row](Side side, const LadderState &state) {
        if (state.source != LadderState::Source::Unknown && state != row.before[size_t(side)])
            lines.append(u"%1: %2"_s.arg(endName(side), stateExplained(state)));
    };
    addState(row.sender, row.tail);
    addState(row.receiver(), row.head);
    for (const LadderStep &step : row.steps)
        lines.append(step.isInferred ? LadderTextStrings::tr("%1: %2 (inferred)").arg(endName(step.side), step.text)
                                     : u"%1: %2"_s.arg(endName(step.side), step.text));
    for (const Side side : {Side::Client, Side::Server}) {
        if (const int hidden = row.hiddenSteps[size_t(side)])
            lines.append(hidden == 1 ? LadderTextStrings::tr("%1: and 1 more step").arg(endName(side))
                                     : LadderTextStrings::tr("%1: and %2 more steps").arg(endName(side)).arg(hidden));
    }
    return lines.join(u'\n');
}

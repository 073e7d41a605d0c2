// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "verdicts.h"

using namespace Qt::StringLiterals;

namespace {

using Packets = std::vector<const LinkTruth::Packet *>;

/// Whether the packet has bytes that none before it had.
bool takeNew(Positions &sent, const LinkTruth::Packet &packet)
{
    const qint64 end = packet.end - (packet.segment.has(Segment::Fin) ? 1 : 0);
    const bool isNew = packet.segment.length > 0 && !sent.hasAll(packet.start, end);
    sent.add(packet.start, end);
    return isNew;
}

/// The headings of packets in this order, by what each of them carried.
QStringList headingsOf(const Packets &packets)
{
    QStringList headings{u"# The TCP three-way handshake"_s};
    std::array<Positions, 2> sent;
    const LinkTruth::Packet *first = nullptr; // FIN
    bool hasData = false;
    bool isAcknowledged = false;
    bool isOneWay = false;
    bool isRepeated = false; // the first FIN, before its acknowledgement
    qint64 ackStart = 0;     // where that stands in its stream
    for (const LinkTruth::Packet *packet : packets) {
        const bool isFin = packet->segment.has(Segment::Fin);
        const bool isNew = takeNew(sent.at(size_t(packet->from)), *packet);
        if (!first) {
            if (isFin)
                first = packet;
            else if (isNew && !std::exchange(hasData, true))
                headings.append(u"# Send / Recv data"_s);
            continue;
        }
        if (packet->from == first->from) {
            isRepeated |= isFin && !isAcknowledged;
            continue;
        }
        const auto isn = first->segment.sequence - quint32(first->start);
        const bool acknowledges = packet->segment.acknowledgement - isn >= quint32(first->end);
        if (isFin) {
            headings += isOneWay ? QStringList{u"# The TCP wave, second half"_s}
                        : isAcknowledged && ackStart >= packet->end && !isRepeated
                            ? QStringList{u"# The TCP wave, simultaneous close"_s}
                        : isAcknowledged ? QStringList{u"# The TCP four-way wave"_s}
                        : acknowledges   ? QStringList{u"# The TCP three-way wave (the second FIN carries the ACK)"_s}
                                         : QStringList{u"# The TCP wave, simultaneous close"_s};
            break;
        }
        if (isNew && !std::exchange(isOneWay, true))
            headings += {u"# The TCP wave, first half"_s, u"# Send / Recv data, one way"_s};
        if (acknowledges && !std::exchange(isAcknowledged, true))
            ackStart = packet->start;
    }
    return headings;
}

void compare(const Flow &flow, const QString &view, const Packets &packets, WeatherReport &report)
{
    QStringList inferred;
    for (const Heading &heading : flow.headings())
        inferred.append(heading.text);
    const QStringList expected = headingsOf(packets);
    report.count(expected.last());
    if (inferred != expected)
        report.fault(u"headings"_s,
                     view + u": "_s + inferred.join(u", "_s) + u" instead of "_s + expected.join(u", "_s));
}

} // namespace

void Verdicts::compareHeadings(const EndView &view, const LinkTruth &truth, WeatherReport &report)
{
    Packets packets;
    for (qsizetype row = 0; row < view.flow().count(); ++row)
        packets.push_back(&truth.at(view.packetOf(row)));
    compare(view.flow(), u"at the "_s + sideWords.at(size_t(view.at())), packets, report);
}

/// In the order of the joint flow, for the clocks of both ends are not known.
void Verdicts::compareJointHeadings(const Flow &joint, const Views &views, const LinkTruth &truth,
                                    WeatherReport &report)
{
    Packets packets;
    for (const Transit &transit : joint.transits()->rows) {
        const Transits::Line &line = joint.transits()->lines[transit.firstLine()];
        packets.push_back(&truth.at(views.at(line.capture)->packetOf(line.captureRow)));
    }
    compare(joint, u"joint"_s, packets, report);
}

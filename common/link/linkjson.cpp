// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "linkjson.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<QLatin1StringView, 4> eventWords{"departed"_L1, "copied"_L1, "arrived"_L1, "lost"_L1};
constexpr std::array<QLatin1StringView, 5> lossWords{""_L1, "chance"_L1, "rule"_L1, "queue"_L1, "hand"_L1};

void addPacket(QJsonObject &object, const LinkEvent &event)
{
    const Segment &segment = event.packet.segment;
    QJsonArray names;
    for (const SegmentName &name : event.packet.counted.names)
        names.append(name.text());
    object["from"_L1] = sideWords.at(size_t(event.packet.from));
    object["connection"_L1] = qint64(event.packet.counted.connection);
    object["names"_L1] = names;
    object["source"_L1] = segment.source.text();
    object["destination"_L1] = segment.destination.text();
    object["bytes"_L1] = qint64(event.packet.bytes);
    object["held"_L1] = event.isHeld;
    object["corrupted"_L1] = event.isCorrupted;
    if (segment.icmp()) {
        object["icmp"_L1] = segment.icmp()->text();
        return;
    }
    object["sequence"_L1] = qint64(segment.sequence);
    object["acknowledgement"_L1] = qint64(segment.acknowledgement);
    object["flags"_L1] = segment.flags;
    object["length"_L1] = qint64(segment.length);
}

} // namespace

QJsonObject LinkJson::event(const LinkEvent &event)
{
    constexpr qint64 nanosecondsPerMicrosecond = 1000;
    QJsonObject object{{"event"_L1, eventWords.at(size_t(event.kind))},
                       {"id"_L1, qint64(event.id)},
                       {"timeUs"_L1, event.timeNs / nanosecondsPerMicrosecond}};
    if (event.frame > 0)
        object["frame"_L1] = qint64(event.frame);
    if (event.kind == LinkEvent::Kind::Departed)
        addPacket(object, event);
    else if (event.kind == LinkEvent::Kind::Copied)
        object["copyOf"_L1] = qint64(event.copyOf);
    if (event.loss != LinkLoss::None)
        object["by"_L1] = lossWords.at(size_t(event.loss));
    return object;
}

std::optional<LinkReport> LinkJson::report(const QJsonObject &line)
{
    const auto kind = std::ranges::find(eventWords, line.value("event"_L1).toString());
    if (kind == eventWords.end())
        return {};
    LinkReport report{.kind = LinkEvent::Kind(kind - eventWords.begin())};
    report.id = quint64(line.value("id"_L1).toInteger());
    report.copyOf = quint64(line.value("copyOf"_L1).toInteger());
    report.timeUs = line.value("timeUs"_L1).toInteger();
    report.frame = quint32(line.value("frame"_L1).toInteger());
    report.from = line.value("from"_L1).toString() == sideWords.at(size_t(Side::Server)) ? Side::Server : Side::Client;
    report.isHeld = line.value("held"_L1).toBool();
    report.isCorrupted = line.value("corrupted"_L1).toBool();
    report.isLost = line.contains("by"_L1);
    return report;
}

QByteArray LinkJson::line(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "verdicts.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace {

class TransitVerdict
{
    /// Packets with the same contents.
    struct Twins {
        int count = 0;
        bool areSomeLost = false; ///< or doubled
    };

public:
    TransitVerdict(const Flow &joint, const Verdicts::Views &views, const LinkTruth &truth, WeatherReport &report)
        : m_joint(joint)
        , m_views(views)
        , m_truth(truth)
        , m_report(report)
        , m_departures(truth.packets().size())
        , m_arrivals(truth.packets().size())
    {
        for (const LinkTruth::Packet &packet : truth.packets()) {
            Twins &twins = m_twins[contentsOf(packet)];
            ++twins.count;
            twins.areSomeLost |= packet.arrivals != 1;
        }
    }

    void compare()
    {
        for (qsizetype row = 0; row < m_joint.count(); ++row)
            compareRow(row);
        for (size_t packet = 0; packet < m_truth.packets().size(); ++packet) {
            if (isAmbiguous(packet))
                m_report.count(u"joint, one of identical packets was lost"_s);
            else if (m_departures[packet] != 1 || m_arrivals[packet] != m_truth.at(packet).arrivals)
                m_report.fault(u"joint rows"_s, u"%1 departs %2 times and arrives %3 times instead of %4"_s
                                                    .arg(m_truth.at(packet).text())
                                                    .arg(m_departures[packet])
                                                    .arg(m_arrivals[packet])
                                                    .arg(m_truth.at(packet).arrivals));
        }
    }

private:
    /// Some of the identical packets that the end has sent were lost: nothing tells which.
    bool isAmbiguous(size_t packet) const
    {
        const Twins twins = m_twins.value(contentsOf(m_truth.at(packet)));
        return twins.count > 1 && twins.areSomeLost;
    }

    static QByteArray contentsOf(const LinkTruth::Packet &packet)
    {
        const Segment &segment = packet.segment;
        QByteArray contents(reinterpret_cast<const char *>(segment.options.data()), segment.optionBytes);
        for (const quint32 number : {quint32(packet.from), segment.sequence, segment.acknowledgement,
                                     quint32(segment.flags), quint32(segment.window), segment.length})
            contents += QByteArray::number(number) + ' ';
        return contents;
    }

    size_t packetOf(quint32 line) const
    {
        const Transits::Line &shown = m_joint.transits()->lines[line];
        return m_views.at(shown.capture)->packetOf(shown.captureRow);
    }

    void compareRow(qsizetype row)
    {
        const Transit &transit = m_joint.transits()->rows[size_t(row)];
        const size_t packet = packetOf(transit.firstLine());
        const LinkTruth::Packet &sent = m_truth.at(packet);
        const QString where = u"joint row %1, %2"_s.arg(row).arg(sent.text());
        m_departures[packet] += transit.hasDeparted() ? 1 : 0;
        if (transit.hasArrived())
            ++m_arrivals[packetOf(transit.arrivalLine)];
        if (transit.hasDeparted() && transit.hasArrived() &&
            contentsOf(m_truth.at(packetOf(transit.arrivalLine))) != contentsOf(sent))
            m_report.fault(u"joint pairs"_s,
                           where + u" arrives as "_s + m_truth.at(packetOf(transit.arrivalLine)).text());
        if (isAmbiguous(packet))
            return;
        const bool isLost = sent.arrivals == 0;
        const bool isCalledLost = transit.fate == Transit::Fate::Lost;
        if (isCalledLost && !isLost)
            m_report.fault(u"joint false loss"_s, where);
        if (transit.fate == Transit::Fate::Arrived && isLost)
            m_report.fault(u"joint missed loss"_s, where);
        if (transit.fate == Transit::Fate::NotCaptured)
            m_report.count(u"joint, not captured"_s);
        if (isCalledLost != m_joint.at(row).has(FlowSegment::Lost))
            m_report.fault(u"joint note of loss"_s, where);
        if (transit.isDuplicate == transit.hasDeparted())
            m_report.fault(u"joint duplicate"_s, where);
        m_report.count(u"joint rows compared"_s);
    }

    const Flow &m_joint;
    const Verdicts::Views &m_views;
    const LinkTruth &m_truth;
    WeatherReport &m_report;
    std::vector<int> m_departures; ///< of each packet, as the joint flow has them
    std::vector<int> m_arrivals;
    QHash<QByteArray, Twins> m_twins; ///< by contents
};

} // namespace

/// The way of each segment.
void Verdicts::compareTransits(const Flow &joint, const Views &views, const LinkTruth &truth, WeatherReport &report)
{
    TransitVerdict(joint, views, truth, report).compare();
}

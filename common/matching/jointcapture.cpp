// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "jointcapture.h"

#include "base/exportprogress.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>

namespace {

struct JointCaptureStrings {
    Q_DECLARE_TR_FUNCTIONS(JointCapture)
};

/// Whether both captures have the same segments at the same times.
bool areSame(const EndCapture &first, const EndCapture &second, const std::vector<PairedFlow> &paired)
{
    if (first.segments() != second.segments())
        return false;
    for (const PairedFlow &flow : paired) {
        for (const Side side : {Side::Client, Side::Server}) {
            const auto isInOne = [](const SegmentPart &part) { return part.rows[0] < 0 || part.rows[1] < 0; };
            const auto isLater = [](const ClockDifference &difference) { return difference.us != 0; };
            if (std::ranges::any_of(flow.parts(side), isInOne) || std::ranges::any_of(flow.differences(side), isLater))
                return false;
        }
    }
    return true;
}

/// Whether the capture has received segments as one that the other one has as several.
bool merges(const PairedFlow &paired, size_t capture, Side sender)
{
    qint64 before = -1;
    qint64 sentBefore = -1;
    for (const SegmentPart &part : paired.parts(sender)) {
        const qint64 row = part.rows[capture];
        const qint64 sent = part.rows[1 - capture];
        if (row >= 0 && sent >= 0 && row == before && sent != sentBefore)
            return true;
        before = row;
        sentBefore = sent;
    }
    return false;
}

} // namespace

std::shared_ptr<JointCapture> JointCapture::read(const QStringList &paths, ExportProgress &progress)
{
    Ends ends;
    for (const size_t capture : {0, 1}) {
        ends[capture] = std::make_unique<EndCapture>();
        progress.beginPart(int(capture) * 50, int(capture + 1) * 50);
        ends[capture]->read(paths[qsizetype(capture)], progress);
    }
    return std::make_shared<JointCapture>(std::move(ends));
}

JointCapture::JointCapture(Ends ends)
    : m_ends(std::move(ends))
{
    for (const std::unique_ptr<EndCapture> &end : m_ends) {
        if (end->flows().count() > 0)
            continue;
        m_error = end->sentence().isEmpty()
                      ? JointCaptureStrings::tr("%1 holds no TCP segments.").arg(end->path())
                      : JointCaptureStrings::tr("Cannot read %1: %2").arg(end->path(), end->sentence());
        return;
    }
    std::vector<PairedFlow> paired;
    for (const FlowPair &pair : findFlowPairs(*m_ends[0], *m_ends[1]))
        paired.emplace_back(PairedFlow::Captures{m_ends[0].get(), m_ends[1].get()}, pair);
    if (paired.empty()) {
        m_error = JointCaptureStrings::tr("%1 and %2 share no connection, so they cannot be shown together.")
                      .arg(m_ends[0]->path(), m_ends[1]->path());
        return;
    }
    m_areSame = areSame(*m_ends[0], *m_ends[1], paired);
    if (m_areSame || std::ranges::all_of(paired, &PairedFlow::isOfSamePlace))
        showOnePlace();
    else
        joinFlows(paired);
}

void JointCapture::showOnePlace()
{
    const size_t larger = m_ends[1]->segments() > m_ends[0]->segments() ? 1 : 0;
    m_onePlace = larger;
    for (int flow = 0; flow < m_ends[larger]->flows().count(); ++flow) {
        Origin origin;
        origin.flows[larger] = flow;
        m_origins.push_back(origin);
        m_flows.add(singleFlow(larger, flow));
    }
}

void JointCapture::takeTimes(const std::vector<PairedFlow> &paired)
{
    std::array<std::vector<qint64>, 2> delays; // by capture at the sender
    for (const PairedFlow &flow : paired) {
        const size_t atClient = flow.captureAtClient().value_or(0);
        for (const Side sender : {Side::Client, Side::Server}) {
            const size_t from = sender == Side::Client ? atClient : 1 - atClient;
            for (const ClockDifference &difference : flow.differences(sender))
                delays[from].push_back(from == 0 ? difference.us : -difference.us);
            m_times.mergesSegments[1 - from] |= merges(flow, 1 - from, sender);
        }
    }
    m_times.offset = ClockOffset::of(delays);
    for (const size_t capture : {0, 1}) {
        m_times.firstUs[capture] = m_times.timeUs(capture, m_ends[capture]->firstUs());
        m_times.lastUs[capture] = m_times.timeUs(capture, m_ends[capture]->lastUs());
        m_times.hasDrops[capture] = m_ends[capture]->hasDrops();
    }
}

/// In the order of their first segments.
void JointCapture::joinFlows(std::vector<PairedFlow> &paired)
{
    takeTimes(paired);
    const PairedFlow::Captures captures{m_ends[0].get(), m_ends[1].get()};
    std::vector<std::pair<Flow, Origin>> all;
    std::array<std::vector<bool>, 2> isPaired;
    for (const size_t capture : {0, 1})
        isPaired[capture].resize(size_t(m_ends[capture]->flows().count()));
    for (PairedFlow &flow : paired) {
        const Origin origin{flow.pair().flows};
        for (const size_t capture : {0, 1})
            isPaired[capture][size_t(origin.flows[capture])] = true;
        const auto atClient = flow.captureAtClient();
        all.emplace_back(jointFlow(std::move(flow), captures, atClient, m_times), origin);
    }
    for (const size_t capture : {0, 1}) {
        for (int flow = 0; flow < m_ends[capture]->flows().count(); ++flow) {
            if (isPaired[capture][size_t(flow)])
                continue;
            Origin origin;
            origin.flows[capture] = flow;
            all.emplace_back(singleFlow(capture, flow), origin);
        }
    }
    std::ranges::stable_sort(all, {}, [](const auto &flow) { return flow.first.at(0).timeUs; });
    m_origins.reserve(all.size());
    for (auto &[flow, origin] : all) {
        m_flows.add(std::move(flow));
        m_origins.push_back(origin);
    }
}

/// A flow that only this capture has.
Flow JointCapture::singleFlow(size_t capture, int flow) const
{
    const EndCapture &end = *m_ends[capture];
    if (capture == 0)
        return end.flows().at(flow);
    const Flow &from = end.flows().at(flow);
    std::optional<Flow> made;
    for (qsizetype row = 0; row < from.count(); ++row) {
        Segment segment = end.segmentAt(flow, row);
        translate(segment, capture, m_times);
        if (!made)
            made.emplace(segment);
        made->append(segment);
    }
    made->setEnded();
    return std::move(*made);
}

QString JointCapture::name(size_t capture) const
{
    const QString path = m_ends[capture]->path();
    return path == QLatin1StringView("-") ? path : QFileInfo(path).fileName();
}

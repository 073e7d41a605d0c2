// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "endcapture.h"

#include "base/exportprogress.h"
#include "capture/capturefile.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace {

constexpr qint64 comparedBytes = 256;

} // namespace

EndCapture::EndCapture() = default;
EndCapture::~EndCapture() = default;

void EndCapture::read(const QString &path, ExportProgress &progress)
{
    m_path = path;
    m_file = std::make_unique<CaptureFile>(path);
    const qint64 size = QFileInfo(path).size();
    m_file->readRest([&](const std::vector<Segment> &segments) {
        for (const Segment &segment : segments)
            add(segment);
        progress.set(m_file->position(), size);
        return !progress.isCancelled();
    });
    m_firstUs = m_file->firstUs();
    m_lastUs = m_file->lastUs();
    m_drops = m_file->drops();
    m_flows.setEnded();
}

void EndCapture::add(const Segment &segment)
{
    const FlowTable::Place place = m_flows.append(segment);
    m_pages.append(segment, place);
    m_timesToLive.resize(size_t(m_flows.count()));
    quint8 &timeToLive = m_timesToLive[size_t(place.flow)][size_t(m_flows.at(place.flow).at(place.row).sender)];
    timeToLive = std::max(timeToLive, segment.timeToLive);
    m_firstUs = m_segments == 0 ? segment.timeUs : std::min(m_firstUs, segment.timeUs);
    m_lastUs = std::max(m_lastUs, segment.timeUs);
    ++m_segments;
}

QString EndCapture::sentence() const
{
    return m_file ? m_file->sentence() : QString();
}

QString EndCapture::leftOut() const
{
    LeftOut all = m_file ? m_file->leftOut() : LeftOut();
    all.setDropped(0); // see hasDrops()
    return all.sentence();
}

QString EndCapture::contentPath() const
{
    return m_file ? m_file->contentPath() : QString();
}

Segment EndCapture::segmentAt(int flow, qsizetype row) const
{
    Segment segment = m_pages.segmentAt(flow, row);
    const FlowSegment &captured = m_flows.at(flow).at(row);
    segment.capturedLength = captured.capturedLength;
    segment.payloadAt = captured.payloadAt;
    segment.tunnel = m_flows.at(flow).tunnel();
    return segment;
}

QByteArray EndCapture::firstBytes(int flow, Side sender) const
{
    const Flow &all = m_flows.at(flow);
    QFile file(contentPath());
    if (!all.isOriginKnown(sender) || file.fileName().isEmpty() || !file.open(QIODevice::ReadOnly))
        return {};
    QByteArray bytes;
    for (const qsizetype row : all.rowsOf(sender, 0, comparedBytes)) {
        const FlowSegment &segment = all.at(row);
        const qint64 skipped = bytes.size() - segment.offset;
        if (skipped < 0 || segment.payloadAt < 0 || !file.seek(segment.payloadAt + skipped))
            break;
        bytes +=
            file.read(std::clamp<qint64>(qint64(segment.capturedLength) - skipped, 0, comparedBytes - bytes.size()));
    }
    return bytes;
}

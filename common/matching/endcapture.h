// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "tcpdump/tcpdumppages.h"

#include <memory>

class CaptureFile;
class ExportProgress;

/// A capture that is to be put together with that of the other end: its flows, and what tells where and when it was
/// made. Reads files of every kind that CaptureFile reads. Any one thread.
class EndCapture
{
public:
    EndCapture();
    ~EndCapture();
    Q_DISABLE_COPY_MOVE(EndCapture)

    /// Reads the whole file, unless progress is cancelled. Then sentence() and leftOut() tell what is wrong.
    void read(const QString &path, ExportProgress &progress);
    void add(const Segment &segment); ///< for tests: instead of read(), in the order of the capture

    const QString &path() const { return m_path; }
    QString sentence() const;    ///< where the file breaks off, or why it cannot be read; as CaptureFile::sentence()
    QString leftOut() const;     ///< as LeftOut::sentence(), without what was dropped
    QString contentPath() const; ///< of the payload; exists as long as this object

    const FlowTable &flows() const { return m_flows; }
    const TcpdumpPages &pages() const { return m_pages; }
    /// A row as it was captured, with its payload's place.
    Segment segmentAt(int flow, qsizetype row) const;
    /// The largest time to live, or hop limit, of the segments of this sender; 0: unknown.
    quint8 timeToLive(int flow, Side sender) const { return m_timesToLive[size_t(flow)][size_t(sender)]; }
    /// The first bytes of this sender's stream, as far as they were captured; none if its SYN was not.
    QByteArray firstBytes(int flow, Side sender) const;

    qint64 firstUs() const { return m_firstUs; } ///< the times of its first and last packet
    qint64 lastUs() const { return m_lastUs; }
    bool hasDrops() const { return m_drops > 0; } ///< it says that it does not have every packet
    qint64 segments() const { return m_segments; }

private:
    QString m_path;
    std::unique_ptr<CaptureFile> m_file;
    FlowTable m_flows;
    TcpdumpPages m_pages{m_flows};
    std::vector<std::array<quint8, 2>> m_timesToLive; ///< by flow and Side
    qint64 m_firstUs = 0;
    qint64 m_lastUs = 0;
    quint64 m_drops = 0;
    qint64 m_segments = 0;
};

// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "segmentscript.h"

#include <QTemporaryFile>

/// A connection whose payload is in a file, for tests of followed streams: the payload of a segment follows that of the
/// segment before it.
class Followed
{
public:
    /// script: as SegmentScript. payload: of all segments; the rest of the file is missing.
    Followed(const QString &script, const QByteArray &payload)
        : Followed(SegmentScript().segments(script), payload)
    {
    }
    Followed(std::vector<Segment> segments, const QByteArray &payload)
        : m_segments(std::move(segments))
        , flow(m_segments.front())
    {
        for (Segment &segment : m_segments) {
            segment.payloadAt = headerBytes + m_payloadBytes;
            m_payloadBytes += segment.length;
            if (segment.capturedLength == 0)
                segment.capturedLength = segment.length;
            flow.append(segment);
        }
        m_file.open();
        m_file.write(QByteArray(headerBytes, '?'));
        write(payload);
    }

    void write(const QByteArray &payload)
    {
        m_file.write(payload);
        m_file.flush();
    }
    QString path() const { return m_file.fileName(); }

private:
    static constexpr int headerBytes = 100;

    std::vector<Segment> m_segments;
    qint64 m_payloadBytes = 0;
    QTemporaryFile m_file;

public:
    Flow flow;
};

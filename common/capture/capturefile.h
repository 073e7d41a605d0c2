// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "leftout.h"
#include "packetfile.h"
#include "packets/segment.h"

#include <QCoreApplication>

#include <functional>
#include <vector>

/// The segments of a capture, as PacketFile reads it: piece by piece, also while another program still writes it.
/// Blocks only for the disk, and shortly for a pipe. Any one thread.
class CaptureFile
{
    Q_DECLARE_TR_FUNCTIONS(CaptureFile)

public:
    enum class State {
        More,   ///< call read() again
        End,    ///< the whole file has been read; if it grows, read() continues
        Broken, ///< the file cannot be read (further); see sentence()
    };

    static constexpr qsizetype packetsAtOnce = 4096; ///< a good number for read()

    using Take = std::function<bool(const std::vector<Segment> &segments)>;

    explicit CaptureFile(const QString &path);

    /// Reads up to maxPackets packets and appends the segments among them. May read none and return State::More: a
    /// compressed file is being unpacked, or a pipe has nothing yet.
    State read(qsizetype maxPackets, std::vector<Segment> &segments);
    /// Reads the rest, and passes on the segments piece by piece until take returns false.
    void readRest(const Take &take);

    /// What is wrong, for people: why it is Broken or, at the End, in what the file ends. Empty: nothing.
    QString sentence() const { return m_sentence.isEmpty() ? m_file.sentence() : m_sentence; }
    /// What was read, but is not among the segments.
    LeftOut leftOut() const;
    QString contentPath() { return m_file.contentPath(); } ///< of Segment::payloadAt; as in PacketFile
    quint32 packets() const { return m_file.packets(); }
    quint64 drops() const { return m_file.drops(); } ///< as in CaptureReader
    /// The times of the earliest and the latest packet so far, TCP or not. 0: there is none.
    qint64 firstUs() const { return m_firstUs; }
    qint64 lastUs() const { return m_lastUs; }
    qint64 position() const { return m_file.position(); } ///< in the (unpacked) file, after what has been read

private:
    bool take(std::vector<Segment> &segments);

    PacketFile m_file;
    LeftOut m_leftOut;
    qint64 m_firstUs = 0;
    qint64 m_lastUs = 0;
    QString m_sentence; ///< if the packets can be read, but not decoded
};

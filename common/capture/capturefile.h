// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "packets/decoder.h"

#include <QCoreApplication>

#include <array>
#include <cstdio>
#include <memory>
#include <vector>

struct pcap;

/// Reads a pcap or pcapng capture through libpcap, piece by piece, also while another program still writes it. Blocks
/// only for the disk. Any one thread.
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

    explicit CaptureFile(const QString &path);
    ~CaptureFile();
    Q_DISABLE_COPY_MOVE(CaptureFile)

    /// Reads up to maxPackets packets and appends the segments among them.
    State read(qsizetype maxPackets, std::vector<Segment> &segments);

    /// What is wrong, for people: why it is Broken or, at the End, in what the file ends. Empty: nothing.
    const QString &sentence() const { return m_sentence; }
    /// The number of packets of this kind that have been read.
    quint32 count(Decoded kind) const { return m_counts[size_t(kind)]; }
    quint32 packets() const { return m_packets; }
    qint64 position() const { return m_wholeEnd; } ///< in the file, after what has been read

private:
    struct Close {
        void operator()(pcap *capture) const;
        void operator()(std::FILE *file) const;
    };

    State open();
    State openFile();
    State failed();
    State broken(const QString &sentence);
    qint64 wholeRecordsEnd(qint64 position) const;

    const QString m_path;
    std::unique_ptr<std::FILE, Close> m_unread; ///< until libpcap takes ownership
    std::unique_ptr<pcap, Close> m_capture;     ///< null: the header is not there yet
    qint64 m_wholeEnd = 0;                      ///< end of the last complete packet
    int m_linkType = 0;
    bool m_isPcapng = false;
    State m_state = State::More;
    QString m_sentence;
    quint32 m_packets = 0;
    std::array<quint32, 5> m_counts{}; ///< by Decoded
};

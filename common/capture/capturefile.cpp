// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capturefile.h"

#include "base/plainfile.h"
#include "pcappacket.h"

#include <QFile>
#include <QtEndian>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

CaptureFile::CaptureFile(const QString &path)
    : m_path(path)
{
}

CaptureFile::~CaptureFile() = default;

void CaptureFile::Close::operator()(pcap *capture) const
{
    pcap_close(capture);
}

void CaptureFile::Close::operator()(std::FILE *file) const
{
    std::fclose(file);
}

CaptureFile::State CaptureFile::read(qsizetype maxPackets, std::vector<Segment> &segments)
{
    if (m_state != State::Broken)
        m_state = m_capture ? State::More : open();
    if (m_state != State::More)
        return m_state;
    m_sentence.clear();
    std::FILE *file = pcap_file(m_capture.get());
    for (; maxPackets > 0; --maxPackets) {
        pcap_pkthdr *header = nullptr;
        const uchar *data = nullptr;
        if (pcap_next_ex(m_capture.get(), &header, &data) != 1)
            return m_state = failed();
        m_wholeEnd = ftello(file);
        Segment segment;
        const Decoded kind = Decoder::decode(m_linkType, capturedPacket(*header, data, ++m_packets), segment);
        ++m_counts[size_t(kind)];
        if (kind == Decoded::Segment)
            segments.push_back(std::move(segment));
    }
    return m_state;
}

CaptureFile::State CaptureFile::openFile()
{
    QString reason;
    const int descriptor = PlainFile::openDescriptor(m_path, reason);
    if (descriptor < 0)
        return broken(tr("The file cannot be opened: %1").arg(reason));
    m_unread.reset(fdopen(descriptor, "rb"));
    return State::More;
}

/// Starts over each time until the header is complete.
CaptureFile::State CaptureFile::open()
{
    if (const State state = openFile(); state != State::More)
        return state;
    std::array<char, PCAP_ERRBUF_SIZE> error{};
    std::array<char, 4> magic{};
    m_isPcapng = std::fread(magic.data(), 1, magic.size(), m_unread.get()) == magic.size() &&
                 std::memcmp(magic.data(), "\n\r\r\n", magic.size()) == 0;
    std::rewind(m_unread.get());
    m_capture.reset(pcap_fopen_offline(m_unread.get(), error.data()));
    if (!m_capture) {
        const bool isCut = std::feof(m_unread.get()) != 0;
        m_unread.reset();
        const QString why = QString::fromLocal8Bit(error.data());
        if (!isCut)
            return broken(tr("This is not a capture: %1").arg(why));
        m_sentence = tr("The file ends before the first packet: %1").arg(why);
        return State::End;
    }
    m_wholeEnd = ftello(m_unread.release());
    m_linkType = pcap_datalink(m_capture.get());
    if (!Decoder::knows(m_linkType)) {
        const char *name = pcap_datalink_val_to_name(m_linkType);
        return broken(tr("The capture has the link type %1 (%2), which TCP Steps cannot read")
                          .arg(m_linkType)
                          .arg(QString::fromLatin1(name ? name : "?")));
    }
    return State::More;
}

/// libpcap has no further packet. It will read an incomplete packet or block again.
CaptureFile::State CaptureFile::failed()
{
    std::FILE *file = pcap_file(m_capture.get());
    const QString why = QString::fromLocal8Bit(pcap_geterr(m_capture.get()));
    if (!std::feof(file))
        return broken(tr("The capture is damaged after packet %1: %2").arg(m_packets).arg(why));
    const qint64 end = ftello(file);
    m_wholeEnd = wholeRecordsEnd(end);
    struct stat status {
    };
    if (fstat(fileno(file), &status) != 0 || status.st_size < end)
        return broken(tr("The file became shorter while it was read"));
    if (fseeko(file, m_wholeEnd, SEEK_SET) != 0)
        return broken(tr("The file cannot be read: %1").arg(qt_error_string(errno)));
    if (m_wholeEnd < end)
        m_sentence = tr("The file ends in the middle of packet %1").arg(m_packets + 1);
    return State::End;
}

/// Where the last complete record before position ends. libpcap must not see a pcapng block without a packet twice: it
/// would take a second interface description for another interface.
qint64 CaptureFile::wholeRecordsEnd(qint64 position) const
{
    if (!m_isPcapng)
        return m_wholeEnd;
    const int descriptor = fileno(pcap_file(m_capture.get()));
    const bool isSwapped = pcap_is_swapped(m_capture.get()) != 0;
    qint64 end = m_wholeEnd;
    for (;;) {
        std::array<quint32, 2> block{}; // type and length
        if (end + qint64(sizeof block) > position || pread(descriptor, block.data(), sizeof block, end) != sizeof block)
            return end;
        const quint32 length = isSwapped ? qbswap(block[1]) : block[1];
        if (length < sizeof block || end + length > position)
            return end;
        end += length;
    }
}

CaptureFile::State CaptureFile::broken(const QString &sentence)
{
    m_sentence = sentence;
    m_capture.reset();
    m_unread.reset();
    return State::Broken;
}

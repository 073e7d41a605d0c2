// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "capture/capturereader.h"
#include "capture/pcapngwriter.h"
#include "input.h"

#include <QTemporaryFile>

#include <fcntl.h>
#include <pcap/pcap.h>

using Fuzz::check;
using State = CaptureReader::State;

namespace {

/// What a packet is, without where it lies.
struct Copy {
    QByteArray bytes;
    quint32 length = 0;
    qint64 timeUs = 0;
    quint16 timeNs = 0;
    QStringList comments;
    int linkType = 0;

    bool operator==(const Copy &) const = default;
};

bool hasTime(const CapturedPacket &packet)
{
    constexpr qint64 maxUs = std::numeric_limits<qint64>::max() / 1000; // in nanoseconds, it fits into 64 bits
    return packet.timeUs >= 0 && packet.timeUs < maxUs;
}

/// Reads all packets, and writes those with a time that pcapng can hold to `to`.
std::vector<Copy> readAll(CaptureReader &reader, qint64 fileBytes, QIODevice *to)
{
    std::vector<Copy> copies;
    std::optional<PcapngWriter> writer;
    if (to)
        writer.emplace(*to);
    check(!writer || writer->begin(), "a section is written");
    size_t interfaces = 0;
    while (reader.next() == State::Packet) {
        const CapturedPacket &packet = reader.packet();
        check(packet.captured <= CaptureReader::maxPacketBytes && packet.captured <= fileBytes,
              "a packet is in the file");
        check(packet.timeNs < 1000, "the nanoseconds are less than a microsecond");
        check(size_t(reader.interface()) < reader.interfaces().size(), "a packet has an interface");
        for (; writer && interfaces < reader.interfaces().size(); ++interfaces)
            check(writer->addInterface(reader.interfaces()[interfaces]), "an interface is written");
        if (!hasTime(packet))
            continue;
        const PacketInterface &interface = reader.interfaces()[size_t(reader.interface())];
        copies.push_back({{reinterpret_cast<const char *>(packet.data), qsizetype(packet.captured)},
                          packet.length,
                          packet.timeUs,
                          packet.timeNs,
                          reader.comments(),
                          interface.linkType == DLT_RAW ? 101 : interface.linkType}); // both numbers mean raw IP
        check(!writer || writer->write(packet, copies.back().comments, quint32(reader.interface())),
              "a packet is written");
    }
    check(reader.packets() <= quint32(fileBytes / 16), "no more packets than there is room for");
    check(reader.position() <= fileBytes, "reading ends in the file");
    return copies;
}

CaptureReader readerOf(const QTemporaryFile &file)
{
    return CaptureReader(fcntl(file.handle(), F_DUPFD_CLOEXEC, 0));
}

} // namespace

/// Input: the file.
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QTemporaryFile file;
    check(file.open() && file.write(reinterpret_cast<const char *>(data), qint64(size)) == qint64(size) && file.flush(),
          "a file is written");
    QTemporaryFile written;
    check(written.open(), "a temporary file opens");
    CaptureReader reader = readerOf(file);
    const std::vector<Copy> copies = readAll(reader, qint64(size), &written);
    check(written.flush(), "a file is written");
    CaptureReader again = readerOf(written);
    std::vector<Copy> reread = readAll(again, written.size(), nullptr);
    check(again.sentence().isEmpty(), "what was written is whole");
    check(copies == reread, "writing and reading again gives the same packets");
    return 0;
}

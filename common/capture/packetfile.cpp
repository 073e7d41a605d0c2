// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "packetfile.h"

#include "base/plainfile.h"
#include "capturesignature.h"

#include <array>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace {

/// The compression of a file, by its first bytes.
CaptureSignature::Packing packingOf(int descriptor)
{
    std::array<char, CaptureSignature::signatureBytes> start{};
    const ssize_t got = pread(descriptor, start.data(), start.size(), 0);
    return CaptureSignature::packingOf({start.data(), std::max(got, ssize_t(0))});
}

} // namespace

PacketFile::PacketFile(const QString &path)
    : m_path(path)
{
}

PacketFile::~PacketFile()
{
    if (m_copy >= 0)
        close(m_copy);
}

QString PacketFile::contentPath()
{
    if (!m_reader)
        return {};
    if (!m_input)
        return CaptureInput::fileOf(m_path);
    if (m_copy < 0)
        m_copy = m_input->openCopy();
    return m_copy < 0 ? QString() : u"/proc/self/fd/%1"_s.arg(m_copy);
}

PacketFile::State PacketFile::next()
{
    if (m_isBroken)
        return State::Broken;
    if (!m_reader) {
        if (const State state = open(); state != State::Packet)
            return state;
    }
    switch (m_reader->next()) {
    case CaptureReader::State::Packet:
        return State::Packet;
    case CaptureReader::State::End:
        return m_input ? copyMore() : State::End;
    case CaptureReader::State::Broken:
        m_isBroken = true;
        break;
    }
    return State::Broken;
}

/// State::Packet: it is open.
PacketFile::State PacketFile::open()
{
    if (const int pipe = CaptureInput::pipeOf(m_path); pipe >= 0)
        return openPipe(pipe);
    QString reason;
    const int descriptor = PlainFile::openDescriptor(CaptureInput::fileOf(m_path), reason);
    if (descriptor < 0)
        return broken(tr("The file cannot be opened: %1").arg(reason));
    return unpack(descriptor, true);
}

/// Its first bytes show whether it is compressed; then all of it is needed.
PacketFile::State PacketFile::openPipe(int descriptor)
{
    m_input = CaptureInput::ofPipe(descriptor);
    const CaptureInput::Progress progress = m_input->copy();
    const int copy = m_input->openCopy();
    if (copy < 0)
        return broken(tr("The file cannot be opened: %1").arg(m_input->sentence()));
    std::array<char, CaptureSignature::signatureBytes> start{};
    const bool hasStart = pread(copy, start.data(), start.size(), 0) == ssize_t(start.size());
    const bool isWaiting = progress == CaptureInput::Progress::More;
    if (isWaiting && (!hasStart || !packingOf(copy).name.isEmpty())) {
        close(copy);
        return State::More;
    }
    if (progress == CaptureInput::Progress::Failed && !hasStart) {
        close(copy);
        return broken(m_input->sentence());
    }
    return unpack(copy, false);
}

/// mayGrow: while the file is too short to tell what it is, it is opened again next time.
PacketFile::State PacketFile::unpack(int descriptor, bool mayGrow)
{
    std::array<char, CaptureSignature::signatureBytes> start{};
    if (mayGrow && pread(descriptor, start.data(), start.size(), 0) < ssize_t(start.size())) {
        close(descriptor);
        m_sentence = tr("The file ends before the first packet");
        return State::End;
    }
    m_sentence.clear();
    const CaptureSignature::Packing packing = packingOf(descriptor);
    if (packing.name.isEmpty()) {
        m_reader.emplace(descriptor);
        return State::Packet;
    }
    if (!packing.isReadable) {
        close(descriptor);
        return broken(
            tr("The file is compressed with %1, which TCP Steps cannot read; unpack it first").arg(packing.name));
    }
    m_input = CaptureInput::ofPacked(descriptor);
    const int copy = m_input->openCopy();
    if (copy < 0)
        return broken(tr("The file cannot be unpacked: no temporary file can be created"));
    m_reader.emplace(copy);
    return State::Packet;
}

/// The reader has read everything that was copied.
PacketFile::State PacketFile::copyMore()
{
    const CaptureInput::Progress progress = m_input->copy();
    if (progress == CaptureInput::Progress::More || !std::exchange(m_isCopied, true))
        return State::More; // the last bytes may be new
    return progress == CaptureInput::Progress::Failed ? broken(m_input->sentence()) : State::End;
}

PacketFile::State PacketFile::broken(const QString &sentence)
{
    m_isBroken = true;
    m_sentence = sentence;
    return State::Broken;
}

QString PacketFile::sentence() const
{
    return !m_sentence.isEmpty() || !m_reader ? m_sentence : m_reader->sentence();
}

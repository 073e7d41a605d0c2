// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include "captureinput.h"
#include "capturereader.h"

#include <optional>

/// The packets of a capture as people have it: a file, compressed or not, or a pipe ("-": standard input). Reads it
/// piece by piece, also while another program still writes it, unless it is compressed. Blocks only for the disk, and
/// shortly for a pipe. Any one thread.
class PacketFile
{
    Q_DECLARE_TR_FUNCTIONS(PacketFile)

public:
    enum class State {
        Packet, ///< there is a packet
        More,   ///< there is none yet: call next() again
        End,    ///< the whole file has been read; if it grows, next() continues
        Broken, ///< the file cannot be read (further); see sentence()
    };

    explicit PacketFile(const QString &path);
    ~PacketFile();
    Q_DISABLE_COPY_MOVE(PacketFile)

    State next();
    /// The file whose places CapturedPacket::at gives: this one, or its copy, which exists as long as this object.
    /// Empty until a packet was read.
    QString contentPath();
    const CaptureReader &reader() const { return *m_reader; } ///< after State::Packet or State::End

    /// What is wrong, for people: why it is Broken or, at the End, in what the file ends. Empty: nothing.
    QString sentence() const;
    quint32 packets() const { return m_reader ? m_reader->packets() : 0; }
    quint64 drops() const { return m_reader ? m_reader->drops() : 0; }      ///< as in CaptureReader
    qint64 position() const { return m_reader ? m_reader->position() : 0; } ///< in the (unpacked) file

private:
    State open();
    State openPipe(int descriptor);
    State unpack(int descriptor, bool mayGrow);
    State copyMore();
    State broken(const QString &sentence);

    const QString m_path;
    std::shared_ptr<CaptureInput> m_input; ///< null: the file can be read where it is
    int m_copy = -1;                       ///< a descriptor of its copy, once contentPath() has given it
    bool m_isCopied = false;               ///< m_input has nothing more
    std::optional<CaptureReader> m_reader;
    bool m_isBroken = false;
    QString m_sentence; ///< if it is broken, but not because of its content
};

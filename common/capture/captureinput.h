// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <memory>

/// A capture that cannot be read where it is: it is compressed, or comes from a pipe. Its bytes are copied to a
/// TemporaryFile, step by step. Any one thread.
class CaptureInput
{
public:
    enum class Progress {
        More,   ///< call copy() again
        End,    ///< everything was copied
        Failed, ///< the rest cannot be copied; see sentence()
    };

    virtual ~CaptureInput() = default;

    /// Copies a few MiB. Waits up to a few hundredths of a second for a pipe.
    virtual Progress copy() = 0;
    /// A new descriptor of the copy, for its reader to own; -1 on an error.
    virtual int openCopy() const = 0;
    virtual QString sentence() const = 0;

    /// The number of the descriptor of a pipe that this path names: "-", /dev/stdin, /dev/fd/63, or a FIFO that
    /// permitFifo() permits. -1: it names no descriptor, or that of a regular file. Does not wait for a writer.
    static int pipeOf(const QString &path);
    /// If this path names a FIFO, it may be read as a pipe from now on. Otherwise FIFOs are refused, because a window
    /// would wait for one that nobody writes. Does not touch the file. Any thread.
    static void permitFifo(const QString &path);
    /// The path of a regular file that this path names: /dev/fd/0 for "-", otherwise the path itself.
    static QString fileOf(const QString &path);

    /// The pipe with this descriptor. It can be read only once; therefore its copy lives as long as the program, and
    /// everyone who asks for it reads the same copy. Any thread.
    static std::shared_ptr<CaptureInput> ofPipe(int descriptor);
    /// What a compressed file contains (gzip, zstd or lz4). Takes the descriptor.
    static std::shared_ptr<CaptureInput> ofPacked(int descriptor);
};

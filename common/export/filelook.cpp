// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "filelook.h"

#include "base/plainfile.h"
#include "capture/captureinput.h"
#include "capture/capturesignature.h"

#include <QCoreApplication>

namespace {

struct FileLookStrings {
    Q_DECLARE_TR_FUNCTIONS(FileLook)
};

QString cannotOpen(const QString &path, const QString &reason)
{
    return FileLookStrings::tr("Cannot open %1: %2.").arg(path, reason);
}

/// Waits for its first bytes.
FileLook atPipe(const QString &path, int descriptor)
{
    const auto pipe = CaptureInput::ofPipe(descriptor);
    QFile copy;
    auto progress = CaptureInput::Progress::More;
    do {
        progress = pipe->copy();
        if (!copy.isOpen() && !copy.open(pipe->openCopy(), QIODevice::ReadOnly, QFileDevice::AutoCloseHandle))
            return {.path = path, .error = cannotOpen(path, copy.errorString())};
    } while (progress == CaptureInput::Progress::More && copy.size() < CaptureSignature::signatureBytes);
    if (CaptureSignature::isAtStartOf(copy))
        return {.path = path, .kind = FileLook::Kind::Capture};
    return {.path = path,
            .error = progress == CaptureInput::Progress::Failed
                         ? pipe->sentence()
                         : cannotOpen(path, FileLookStrings::tr("it is not a capture"))};
}

} // namespace

QString FileLook::noCapture() const
{
    return FileLookStrings::tr("%1 is a session. Only two captures can be shown together.").arg(path);
}

FileLook FileLook::at(const QString &path)
{
    if (const int pipe = CaptureInput::pipeOf(path); pipe >= 0)
        return atPipe(path, pipe);
    auto file = std::make_shared<QFile>(CaptureInput::fileOf(path));
    const auto sentence = [&path](const QString &reason) { return cannotOpen(path, reason); };
    if (const QString reason = PlainFile::open(*file); !reason.isEmpty())
        return {.path = path, .error = sentence(reason)};
    if (CaptureSignature::isAtStartOf(*file))
        return {.path = path, .kind = Kind::Capture, .file = std::move(file)};
    if (const QByteArray first = file->peek(1); !first.isEmpty() && first != "{")
        return {.path = path, .error = sentence(FileLookStrings::tr("it is neither a session nor a capture"))};
    if (file->error() != QFileDevice::NoError)
        return {.path = path, .error = sentence(file->errorString())};
    return {.path = path, .kind = Kind::Session, .file = std::move(file)};
}

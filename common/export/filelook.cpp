// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "filelook.h"

#include "base/plainfile.h"
#include "capture/capturesignature.h"

#include <QCoreApplication>

namespace {

struct FileLookStrings {
    Q_DECLARE_TR_FUNCTIONS(FileLook)
};

} // namespace

FileLook FileLook::at(const QString &path)
{
    auto file = std::make_shared<QFile>(path);
    const auto sentence = [&path](const QString &reason) {
        return FileLookStrings::tr("Cannot open %1: %2.").arg(path, reason);
    };
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

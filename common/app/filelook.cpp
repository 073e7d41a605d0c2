// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "filelook.h"

#include "capturesignature.h"
#include "steps/plainfile.h"

#include <QCoreApplication>

FileLook FileLook::at(const QString &path)
{
    auto file = std::make_shared<QFile>(path);
    const auto sentence = [&path](const QString &reason) {
        return QCoreApplication::translate("FileLook", "Cannot open %1: %2.").arg(path, reason);
    };
    if (const QString reason = PlainFile::open(*file); !reason.isEmpty())
        return {.path = path, .error = sentence(reason)};
    if (CaptureSignature::isAtStartOf(*file))
        return {.path = path, .kind = Kind::Capture, .file = std::move(file)};
    if (const QByteArray first = file->peek(1); !first.isEmpty() && first != "{")
        return {.path = path,
                .error = sentence(QCoreApplication::translate("FileLook", "it is neither a session nor a capture"))};
    if (file->error() != QFileDevice::NoError)
        return {.path = path, .error = sentence(file->errorString())};
    return {.path = path, .kind = Kind::Session, .file = std::move(file)};
}

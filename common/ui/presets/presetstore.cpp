// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "presetstore.h"

#include "ui/tools/uitools.h"

#include <QSettings>

namespace {

constexpr auto presetsKey = QLatin1StringView("presets");

QString fileName()
{
    return QStringLiteral("presets");
}

} // namespace

std::variant<QList<Preset>, QString> PresetStore::load()
{
    const QSettings settings(UiTools::organization(), fileName());
    const QString json = settings.value(presetsKey).toString();
    if (json.isEmpty())
        return QList<Preset>();
    return Presets::read(json.toUtf8());
}

void PresetStore::save(const QList<Preset> &presets)
{
    QSettings settings(UiTools::organization(), fileName());
    settings.setValue(presetsKey, QString::fromUtf8(Presets::write(presets)));
}

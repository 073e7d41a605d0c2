// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "fontpreparation.h"

#include <QLibrary>

namespace {

void initFontconfig()
{
    using FcInit = int (*)();
    // The library stays loaded: Qt uses the same one.
    if (const auto init = reinterpret_cast<FcInit>(QLibrary::resolve(QStringLiteral("fontconfig"), 1, "FcInit")))
        init();
}

} // namespace

FontPreparation::FontPreparation()
    : m_thread(initFontconfig)
{
}

FontPreparation::~FontPreparation()
{
    m_thread.join();
}

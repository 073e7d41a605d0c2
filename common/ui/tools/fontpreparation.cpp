// SPDX-FileCopyrightText: 2026 The TCP Steps authors
// SPDX-License-Identifier: MIT
#include "fontpreparation.h"

#include <dlfcn.h>

FontPreparation::FontPreparation()
    : m_thread(read)
{
}

FontPreparation::~FontPreparation()
{
    m_thread.join();
}

void FontPreparation::read()
{
    void *library = dlopen("libfontconfig.so.1", RTLD_NOW); // stays loaded: Qt uses the same one
    if (!library)
        return;
    if (const auto init = reinterpret_cast<int (*)()>(dlsym(library, "FcInit")))
        init();
}
